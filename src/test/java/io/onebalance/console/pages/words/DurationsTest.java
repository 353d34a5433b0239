package io.onebalance.console.pages.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void the_two_largest_units_are_shown() {
    text(90_061, "1d1h");
    text(3_700, "1h1m");
    text(86_400, "1d0h");
    text(3_600, "1h0m");
    text(3_599, "59m");
    text(60, "1m");
    text(59, "0m");
    text(1, "0m");
    text(0, "0m");
    text(-5, "0m");
    text(400 * 86_400, "400d0h");
  }

  @Test
  void no_cooling_at_all_is_a_dash() {
    assertThat(Durations.orDash(Duration.ZERO)).isEqualTo("-");
    assertThat(Durations.orDash(Duration.ofSeconds(59))).isEqualTo("0m");
    assertThat(Durations.orDash(Duration.ofSeconds(90_061))).isEqualTo("1d1h");
  }

  @Test
  void a_running_rest_never_reads_as_over() {
    assertThat(Durations.left(Duration.ofMillis(1))).isEqualTo("1s");
    assertThat(Durations.left(Duration.ofMillis(41_001))).isEqualTo("42s");
    assertThat(Durations.left(Duration.ofSeconds(60))).isEqualTo("1m");
  }

  private static void text(long seconds, String expected) {
    assertThat(Durations.text(Duration.ofSeconds(seconds))).as("%s s", seconds).isEqualTo(expected);
  }
}
