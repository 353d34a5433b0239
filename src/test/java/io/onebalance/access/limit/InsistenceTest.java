package io.onebalance.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InsistenceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Insistence insistence = new Insistence();

  @Test
  @DisplayName("F53 whoever asks on at once is told so at a pace")
  void a_pace() {
    refuseAtOnce();
    for (var i = 1; i <= 5; i++) {
      assertThat(refused(NOON)).isEqualTo(Insistence.PACE.multipliedBy(i));
    }
  }

  @Test
  void nobody_waits_longer_than_a_second_and_what_is_owed_ends_with_it() {
    for (var i = 0; i < 10_000; i++) {
      assertThat(refused(NOON)).isLessThanOrEqualTo(Insistence.LONGEST);
    }
    assertThat(refused(NOON)).isEqualTo(Insistence.LONGEST);
    assertThat(refused(NOON.plusSeconds(2))).isZero();
  }

  @Test
  void whoever_keeps_to_the_pace_never_waits() {
    for (var i = 0; i < 1_000; i++) {
      assertThat(refused(NOON.plus(Insistence.PACE.multipliedBy(i)))).isZero();
    }
  }

  @Test
  void after_a_rest_as_many_are_told_at_once_as_at_first() {
    refuseAtOnce();
    assertThat(refused(NOON)).isPositive();
    var later = NOON.plusSeconds(10);
    for (var i = 0; i < Insistence.AT_ONCE; i++) {
      assertThat(refused(later)).isZero();
    }
    assertThat(refused(later)).isPositive();
  }

  @Test
  void keys_are_counted_apart() {
    refuseAtOnce();
    assertThat(insistence.refused("another", NOON)).isZero();
  }

  @Test
  void a_clock_that_is_set_back_holds_nothing_longer() {
    refuseAtOnce();
    var before = NOON.minusSeconds(3_600);
    assertThat(refused(before)).isEqualTo(Insistence.LONGEST);
    assertThat(refused(before.plusSeconds(2))).isZero();
  }

  private void refuseAtOnce() {
    for (var i = 0; i < Insistence.AT_ONCE; i++) {
      assertThat(refused(NOON)).isZero();
    }
  }

  private Duration refused(Instant now) {
    return insistence.refused("key", now);
  }
}
