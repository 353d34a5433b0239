package io.onebalance.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import io.onebalance.provider.limit.Windows.Day;
import io.onebalance.provider.limit.Windows.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When quotas start anew, as the catalogue and the settings say it.
class WindowsTest {
  @Test
  void the_catalogue_says_where_days_begin_anew_at_midnight() {
    var windows = Catalogue.builtIn().windows();
    assertThat(windows)
        .containsEntry("google-ai-studio", Windows.ofDay(ZoneId.of("America/Los_Angeles")))
        .containsEntry("openrouter", Windows.ofDay(ZoneId.of("UTC")))
        .doesNotContainKey("openai");
  }

  @ParameterizedTest
  @CsvSource({"clock, 60, CLOCK", "rolling, 60, ROLLING", "10s, 10,", "2s clock, 2, CLOCK"})
  void a_minute_rolls_or_ends_by_the_clock_and_may_be_shorter(
      String text, long seconds, Turn turn) {
    var fields = Map.<String, Object>of("windows", Map.of("minute", text, "day", "UTC"));
    var windows = Catalogue.builtIn().with(Map.of("groq", fields)).windows().get("groq");
    assertThat(windows)
        .isEqualTo(
            new Windows(
                Duration.ofSeconds(seconds),
                Optional.ofNullable(turn),
                Optional.of(new Day.Midnight(ZoneId.of("UTC")))));
  }

  @Test
  void what_is_called_a_day_may_be_shorter_and_then_ends_with_the_clock() {
    var fields = Map.<String, Object>of("windows", Map.of("day", "60s"));
    var day =
        Catalogue.builtIn()
            .with(Map.of("groq", fields))
            .windows()
            .getOrDefault("groq", Windows.UNTOLD)
            .day()
            .orElseThrow();
    assertThat(day).isEqualTo(new Day.Lasting(Duration.ofSeconds(60)));
    assertThat(day.end(Instant.parse("2026-11-21T12:00:20Z")))
        .isEqualTo(Instant.parse("2026-11-21T12:01:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "minute, sometimes, rolling",
    "minute, 90s, 60",
    "minute, 0s, 1",
    "day, Mars/Olympus, time zone",
    "day, 0s, 86400",
    "day, 90000s, 86400",
    "hour, clock, minute"
  })
  void what_is_wrong_is_named_with_what_is_allowed(String name, String text, String allowed) {
    var fields = Map.<String, Object>of("windows", Map.of(name, text));
    assertThatThrownBy(() -> Catalogue.builtIn().with(Map.of("groq", fields)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("providers.groq.windows." + name)
        .hasMessageContaining(allowed);
  }
}
