package io.onebalance.relay.ask.again;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Budget budget = new Budget();

  @Test
  @DisplayName("P10 without requests: three repeats a second")
  void grants_three_a_second() {
    assertThat(taken(NOW, 10)).isEqualTo(3);
    assertThat(taken(NOW, 10)).isZero();
    assertThat(taken(NOW.plusMillis(334), 10)).isEqualTo(1);
    assertThat(taken(NOW.plusSeconds(60), 10)).isEqualTo(3);
  }

  @Test
  @DisplayName("P10 under load: one repeat for ten requests")
  void grants_a_tenth_of_the_requests() {
    taken(NOW, 10);
    for (var i = 0; i < 505; i++) {
      budget.requested();
    }
    assertThat(taken(NOW, 1000)).isEqualTo(50);
  }

  @Test
  @DisplayName("P10 what is saved up is bounded")
  void saves_no_more_than_a_hundred() {
    taken(NOW, 10);
    for (var i = 0; i < 100_000; i++) {
      budget.requested();
    }
    assertThat(taken(NOW, 1000)).isEqualTo(100);
  }

  @Test
  @DisplayName("F68 a clock that goes back grants nothing")
  void a_clock_that_goes_back_grants_nothing() {
    taken(NOW, 10);
    assertThat(taken(NOW.minus(Duration.ofDays(1)), 10)).isZero();
  }

  private int taken(Instant now, int tries) {
    var taken = 0;
    for (var i = 0; i < tries; i++) {
      taken += budget.take(now) ? 1 : 0;
    }
    return taken;
  }
}
