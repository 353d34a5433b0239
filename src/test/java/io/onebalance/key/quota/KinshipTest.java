package io.onebalance.key.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Windows;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keys that are refused with less used than they may.
class KinshipTest {
  private static final long MINUTE = 60_000;
  private static final long START = 29_000_000 * MINUTE;
  private static final int KEY = 7;
  private static final int SERVING = 9;

  private final Quotas quotas = new Quotas(new Spans(Windows.UNTOLD));
  private final Kinship kinship = new Kinship(quotas);

  private Quota limited(int key) {
    var limit = new Allowance(Allowance.Kind.REQUESTS, Window.MINUTE, 100, 100, Optional.empty());
    var quota = quotas.make(key);
    quota.tell(limit, START);
    return quota;
  }

  /// So many are asked side by side and refused a second later; tells when.
  private long refused(int key, int requests, long asked) {
    var known = quotas.of(key);
    var quota = known == null ? limited(key) : known;
    var uses = Stream.generate(() -> quotas.use(quota, Need.NONE, asked)).limit(requests).toList();
    for (var use : uses) {
      quota.giveBack(use.at(), use.need());
      kinship.refused(key, use, asked + 1000);
    }
    return asked + 1000;
  }

  /// Limits are thought to be shared, and one key serves since.
  private void suspect(long now) {
    for (var key = 1; key <= 4; key++) {
      refused(key, 1, now);
    }
    kinship.served(SERVING, limited(SERVING), now + 1000);
  }

  /// How long the key is held from now on.
  private long held(long now) {
    return held(KEY, now);
  }

  private long held(int key, long now) {
    return Objects.requireNonNull(quotas.of(key)).roomAt(now, Need.NONE) - now;
  }

  @Test
  void many_refusals_of_one_key_side_by_side_are_one_sign_and_found_no_suspicion() {
    assertThat(kinship.isSuspected(refused(KEY, 20, START))).isFalse();
    suspect(START);
    assertThat(kinship.isSuspected(START + 1000)).isTrue();
  }

  @Test
  void refusals_side_by_side_hold_a_key_as_long_as_one_of_them() {
    suspect(START);
    var now = refused(KEY, 20, START + MINUTE);
    assertThat(held(now)).isEqualTo(MINUTE);
  }

  @Test
  void each_try_that_is_refused_after_a_hold_holds_the_key_twice_as_long_up_to_half_an_hour() {
    suspect(START);
    var now = START;
    for (var minutes = 1; minutes <= 32; minutes *= 2) {
      now = refused(KEY, 3, now + 40 * MINUTE);
      assertThat(held(now)).isEqualTo(minutes * MINUTE);
    }
    now = refused(KEY, 3, now + 40 * MINUTE);
    assertThat(held(now)).isEqualTo(32 * MINUTE);
  }

  @Test
  void where_all_that_serve_are_refused_at_once_one_of_them_stays() {
    suspect(START);
    var serving = IntStream.of(SERVING, 10, 11, 12).boxed().toList();
    serving.forEach(key -> kinship.served(key, limited(key), START + 1000));
    var now = START + MINUTE;
    serving.forEach(key -> refused(key, 1, now));
    assertThat(serving).filteredOn(kinship::isProven).hasSize(1);
    assertThat(serving).filteredOn(key -> held(key, now + 1000) == 0).hasSize(1);
  }

  @Test
  void a_clock_that_goes_back_makes_a_suspicion_neither_longer_nor_shorter_than_it_was_meant() {
    suspect(START);
    var back = START - 10 * 24 * 60 * MINUTE;
    kinship.turned(back);
    assertThat(kinship.isSuspected(back + 359 * MINUTE)).isTrue();
    assertThat(kinship.isSuspected(back + 361 * MINUTE)).isFalse();
  }
}
