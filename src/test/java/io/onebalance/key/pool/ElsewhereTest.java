package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.provider.answer.Verdict.Limited;
import io.onebalance.provider.answer.Verdict.Quota;
import io.onebalance.provider.answer.Verdict.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What other instances asked with the same keys.
class ElsewhereTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String MODEL = "gemini-2.5-flash";
  private static final Limited OF_TWO =
      new Limited(
          Window.MINUTE,
          Optional.of(Duration.ofSeconds(60)),
          Optional.of(
              new Quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", Optional.of(2L))));

  private final Pool pool =
      new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");

  @Test
  void a_request_of_another_instance_counts_against_the_quota_of_its_key() {
    pool.put(Keys.key("a"), Standing.NEW, NOON);
    settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), NOON);
    settle(new Outcome.Judged(OF_TWO, Duration.ofMillis(50)), NOON);
    var later = NOON.plusSeconds(120);
    settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), later);
    pool.usedElsewhere(once("a"), later, later);
    var measured = pool.limits().quotas("a", MODEL, later.plusSeconds(1)).getFirst();
    assertThat(measured.used()).isEqualTo(2);
    assertThat(measured.roomAt()).isAfter(later.plusSeconds(50));
  }

  @Test
  void of_an_unknown_key_nothing_is_counted() {
    pool.usedElsewhere(once("nobody"), NOON, NOON);
    assertThat(pool.choose(MODEL, Set.of(), NOON)).isInstanceOf(Choice.None.class);
  }

  @Test
  void what_is_used_here_is_told_once_and_what_turned_out_otherwise_is_taken_back() {
    pool.put(Keys.key("a"), Standing.NEW, NOON);
    settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), NOON);
    assertThat(pool.takeUntold()).as("it is kept from here on").isEmpty();
    var slot = ((Choice.Chosen) pool.choose(MODEL, Set.of(), NOON)).slot();
    assertThat(pool.takeUntold()).containsExactly(once("a"));
    slot.used(30, 0, 4);
    slot.settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), NOON);
    assertThat(pool.takeUntold()).containsExactly(new KeyUse("a", MODEL, 0, 30, 4));
    settle(new Outcome.Unasked(), NOON);
    assertThat(pool.takeUntold()).as("taken and given back").isEmpty();
  }

  @Test
  void what_others_used_long_ago_counts_for_no_minute() {
    pool.put(Keys.key("a"), Standing.NEW, NOON);
    pool.usedElsewhere(once("a"), NOON.minusSeconds(90), NOON);
    assertThat(pool.limits().quotas("a", MODEL, NOON).getFirst().used()).isZero();
  }

  private static KeyUse once(String key) {
    return new KeyUse(key, MODEL, 1, 0, 0);
  }

  private void settle(Outcome outcome, Instant now) {
    var chosen = (Choice.Chosen) pool.choose(MODEL, Set.of(), now);
    chosen.slot().settle(outcome, now);
  }
}
