package io.onebalance.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Traffic traffic = new Traffic();

  @Test
  void the_last_minute_counts() {
    traffic.asked("openai", true, false, NOON);
    traffic.asked("openai", false, true, NOON.plusSeconds(30));
    traffic.asked("openai", false, false, NOON.plusSeconds(30));
    traffic.asked("groq", true, false, NOON);
    assertThat(traffic.of("openai", NOON.plusSeconds(50))).isEqualTo(new Traffic.Count(1, 1));
    assertThat(traffic.of("openai", NOON.plusSeconds(80))).isEqualTo(new Traffic.Count(0, 1));
    assertThat(traffic.of("openai", NOON.plusSeconds(120))).isEqualTo(Traffic.Count.NONE);
  }

  @Test
  @DisplayName("F68 what was counted by a clock that was a day ahead does not count for a day")
  void a_clock_that_was_ahead() {
    for (var i = 0; i < 5; i++) {
      traffic.asked("openai", false, true, NOON.plus(Duration.ofDays(1)));
    }
    assertThat(traffic.of("openai", NOON)).isEqualTo(Traffic.Count.NONE);
    traffic.asked("openai", true, false, NOON);
    assertThat(traffic.of("openai", NOON)).isEqualTo(new Traffic.Count(1, 0));
  }
}
