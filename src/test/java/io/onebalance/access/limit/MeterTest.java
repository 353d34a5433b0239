package io.onebalance.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_790_000_000L * SECOND;

  private final Meter meter = new Meter();

  @ParameterizedTest(name = "of {0} a minute the next one comes in after {1} µs")
  @CsvSource({"1, 60000000", "7, 8571429", "60, 1000000", "1000, 60000", "1000000, 60"})
  void a_whole_allowance_at_once_and_then_evenly(long allowance, long pause) {
    for (var i = 0; i < allowance; i++) {
      assertThat(meter.wait(allowance, START, Meter.WHOLE)).isZero();
      meter.use(allowance, START, 1);
    }
    assertThat(meter.wait(allowance, START, Meter.WHOLE)).isEqualTo(pause);
    assertThat(meter.wait(allowance, START + pause - 1, Meter.WHOLE)).isEqualTo(1);
    assertThat(meter.wait(allowance, START + pause, Meter.WHOLE)).isZero();
  }

  @Test
  void what_was_used_beyond_the_allowance_rests_until_it_is_paid_off() {
    meter.use(100, START, 250);
    var rest = meter.wait(100, START, Meter.ANYTHING);
    assertThat(rest).isEqualTo(90 * SECOND + 1);
    assertThat(meter.wait(100, START + rest - 1, Meter.ANYTHING)).isEqualTo(1);
    assertThat(meter.wait(100, START + rest, Meter.ANYTHING)).isZero();
  }

  @Test
  void a_new_allowance_meets_what_was_used_under_the_old_one() {
    meter.use(100, START, 100);
    assertThat(meter.wait(200, START, Meter.WHOLE)).isZero();
    assertThat(meter.wait(50, START, Meter.WHOLE)).isEqualTo(51 * 60 * SECOND / 50);
  }

  @Test
  void a_clock_that_is_set_back_a_day_does_not_make_it_rest_a_day() {
    meter.use(1, START, 1);
    var yesterday = START - 86_400 * SECOND;
    assertThat(meter.wait(1, yesterday, Meter.WHOLE)).isEqualTo(60 * SECOND);
    assertThat(meter.wait(1, yesterday + 60 * SECOND, Meter.WHOLE)).isZero();
  }

  @Test
  void the_largest_numbers_do_not_overflow() {
    var most = Limit.TOKENS_PER_MINUTE.most();
    for (var i = 0; i < 10; i++) {
      meter.use(most, START, Long.MAX_VALUE);
    }
    assertThat(meter.wait(most, START, Meter.ANYTHING)).isPositive();
    assertThat(meter.wait(most, START + 60 * 60 * SECOND, Meter.ANYTHING)).isZero();
  }

  @Test
  void any_number_never_waits() {
    meter.use(KeyLimits.ANY, START, 1_000_000);
    assertThat(meter.wait(KeyLimits.ANY, START, Meter.WHOLE)).isZero();
  }

  /// Whoever waits as long as told gets in, and never a moment earlier; over any time from a rest
  /// on no more pass than an allowance and what came in since.
  @Test
  void the_wait_it_tells_is_true_whatever_happened_before() {
    var dice = new SplittableRandom(5);
    for (var round = 0; round < 2_000; round++) {
      var one = new Meter();
      var allowance = dice.nextLong(1, 500);
      var now = START;
      var passed = 0L;
      for (var step = 0; step < 50; step++) {
        now += dice.nextLong(0, 3 * SECOND);
        var wait = one.wait(allowance, now, Meter.WHOLE);
        if (wait > 0) {
          assertThat(one.wait(allowance, now + wait - 1, Meter.WHOLE)).isEqualTo(1);
          now += wait;
          assertThat(one.wait(allowance, now, Meter.WHOLE)).isZero();
        }
        one.use(allowance, now, 1);
        passed++;
        assertThat(passed)
            .isLessThanOrEqualTo(allowance + (now - START) * allowance / Meter.MINUTE);
      }
    }
  }
}
