package io.onebalance.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HintsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "34 | PT34S",
        "0 | PT0S",
        "34.07 | PT34.07S",
        "34s | PT34S",
        "34.07s | PT34.07S",
        "38.601s | PT38.601S",
        "34.074824224s | PT34.074824224S",
        "51820.638305887s | PT14H23M40.638305887S",
        "900ms | PT0.9S",
        "0s | PT0S",
        "5h59m59.960323804s | PT5H59M59.960323804S",
        "1m30.5s | PT1M30.5S",
        "6m0s | PT6M",
        "26 seconds | PT26S",
        "2 hours 5 minutes | PT2H5M",
        "1d | PT24H",
        "2026-11-21T12:00:40Z | PT40S",
        "2026-11-21T13:00:40+01:00 | PT40S",
        "2026-11-22 | PT12H",
        "1795262440 | PT40S",
        "1795262440000 | PT40S",
        "Sat, 21 Nov 2026 12:00:40 GMT | PT40S",
        "99999999999999999999 | PT744H",
        "40000d | PT744H"
      })
  void every_way_to_say_it_is_understood(String text, Duration rest) {
    assertThat(Hints.value(text, NOW)).contains(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "-5s",
        "NaN",
        "Infinity",
        "1e18",
        "soon",
        "5x",
        "s",
        ".5",
        "1.2.3",
        "2026-11-20",
        "2026-13-45",
        "2026-11-21T99:00:00Z",
        "1700000000",
        "1700000000000",
        "Fri, 20 Nov 2026 12:00:40 GMT",
        "Xyz, 99 Foo 2026 12:00:40 GMT",
        "111111111111111111111111111111111111111111111111111111111111111111111111"
      })
  @DisplayName("F25 nonsense and the past are no hint")
  void nonsense_is_no_hint(String text) {
    assertThat(Hints.value(text, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Please try again in 20ms. | PT0.02S",
        "Please try again in 1.5s. Visit x | PT1.5S",
        "Please try again in 6m0s. | PT6M",
        "Please try again in 7m12s. | PT7M12S",
        "Please retry in 45.578569677s. | PT45.578569677S",
        "Please retry in 900.5ms. | PT0.9005S",
        "Please retry after 26 seconds. | PT26S",
        "Your rate limit resets in ~30s. | PT30S",
        "Limit resets at: 2026-11-21T12:00:40Z | PT40S",
        "Your quota will reset after 5h59m59s. | PT5H59M59S",
        "You will regain access on 2026-12-01 at 00:00 UTC. | PT228H",
        "Please try again later. If it persists, retry in 5s | PT5S",
        "Please wait 30. | PT30S",
        "Retry after 5, please | PT5S"
      })
  void sentences_are_understood(String text, Duration rest) {
    assertThat(Hints.inText(text, NOW)).contains(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please try again later.",
        "Resource has been exhausted (e.g. check quota).",
        "Limit 15000, Used 14000, Requested 2322",
        "retry the request",
        "Your limit resets 3pm (America/New_York).",
        "Your limit resets at 3 p.m.",
        "Please try again at 5:30 PM.",
        "Your quota resets on 12/01/2026.",
        "Please try again in 1 week.",
        "Please try again in 12 months."
      })
  void sentences_without_a_time_are_no_hint(String text) {
    assertThat(Hints.inText(text, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | 12 | PT12S",
        "retry-after | 0.5 | PT0.5S",
        "retry-after | Sat, 21 Nov 2026 12:01:00 GMT | PT1M",
        "retry-after | 2026-11-21T12:01:00Z | PT1M",
        "retry-after | 1m30.5s | PT1M30.5S",
        "retry-after | 250ms | PT0.25S",
        "retry-after | 1795262460 | PT1M",
        "retry-after | 1795262460000 | PT1M",
        "retry-after | 1e18 |",
        "retry-after | -1 |",
        "retry-after | NaN |",
        "retry-after | 1000000000000000000 | PT744H",
        "retry-after-ms | 1500 | PT1.5S",
        "retry-after-ms | 99999999999999999999 | PT744H",
        "retry-after-ms | soon |"
      })
  @DisplayName("F19, F25 Retry-After in every form, and nothing longer than a month")
  void retry_after_is_understood(String field, String value, @Nullable Duration rest) {
    assertThat(Hints.retryAfter(name -> name.equals(field) ? value : null, NOW))
        .isEqualTo(Optional.ofNullable(rest));
  }
}
