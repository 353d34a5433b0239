package io.onebalance.key.quota.gauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whether minutes begin anew with the clock, as far as a provider's words about their end show it.
class FullMinutesTest {
  private static final long MINUTE = 60_000;
  private static final long START = 29_000_000 * MINUTE;

  private final FullMinutes minutes = new FullMinutes(MINUTE);
  private final SplittableRandom random = new SplittableRandom(5);
  private long now = START;

  /// Once in each of so many minutes, at any moment, room is said to be at the next full one.
  private void sayByClock(int times) {
    for (var i = 0; i < times; i++) {
      now = (now / MINUTE + 3) * MINUTE + random.nextLong(MINUTE - 1000);
      var seconds = (MINUTE - now % MINUTE + 999) / 1000;
      minutes.heard(now + 1000 * seconds, now);
    }
  }

  /// The same of a window that rolls.
  private void sayRolling(int times) {
    for (var i = 0; i < times; i++) {
      now = (now / MINUTE + 3) * MINUTE + 7000 + random.nextLong(10_000);
      minutes.heard(now + 11_000 + random.nextLong(9_000), now);
    }
  }

  @Test
  void room_at_the_full_minute_again_and_again_shows_it() {
    sayByClock(3);
    assertThat(minutes.areByClock()).isFalse();
    sayByClock(9);
    assertThat(minutes.areByClock()).isTrue();
  }

  @Test
  void room_at_any_time_shows_that_they_roll() {
    sayRolling(100);
    assertThat(minutes.areByClock()).isFalse();
  }

  @Test
  void what_was_found_is_given_up_when_it_is_so_no_longer() {
    sayByClock(12);
    sayRolling(1);
    assertThat(minutes.areByClock()).isTrue();
    sayRolling(2);
    assertThat(minutes.areByClock()).isFalse();
    sayByClock(12);
    assertThat(minutes.areByClock()).isTrue();
  }

  @Test
  void many_words_of_one_minute_are_one_and_a_whole_minute_is_none() {
    for (var i = 0; i < 50; i++) {
      minutes.heard(START + MINUTE, START + 1000L * i);
    }
    for (var i = 1; i < 50; i++) {
      minutes.heard(START + (i + 1) * MINUTE, START + i * MINUTE);
    }
    assertThat(minutes.areByClock()).isFalse();
  }

  @Test
  void who_is_always_told_the_same_rest_may_ask_with_the_clock_himself() {
    for (var i = 1; i < 50; i++) {
      minutes.heard(START + (i + 1) * MINUTE, START + i * MINUTE + 2000);
    }
    assertThat(minutes.areByClock()).isFalse();
  }

  @Test
  void a_window_that_ends_by_the_clock_is_empty_at_the_full_minute() {
    var rolling = Span.minute(MINUTE, () -> false);
    var byClock = Span.minute(MINUTE, () -> true);
    assertThat(rolling.end(START + 45_000)).isEqualTo(START + 105_000);
    assertThat(byClock.end(START + 45_000)).isEqualTo(START + 60_000);
    assertThat(Span.minute(2000, () -> true).end(START + 4500)).isEqualTo(START + 6000);
    assertThat(byClock.rolls()).isFalse();
  }
}
