package io.onebalance.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Verdict.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void each_row_is_read_with_its_own_window_and_unit() {
    var limits =
        Limits.of(
            Map.of("requests/day", "x-ratelimit-*-requests", "tokens/minute", "x-rate-*-tokens"));
    var told =
        limits.read(
            fields(
                Map.of(
                    "x-ratelimit-limit-requests", "14400",
                    "x-ratelimit-remaining-requests", "14370",
                    "x-ratelimit-reset-requests", "2m59.56s",
                    "x-rate-remaining-tokens", "7")),
            NOW);
    assertThat(told)
        .containsExactly(
            new Allowance(
                Allowance.Kind.REQUESTS,
                Window.DAY,
                14_400,
                14_370,
                Optional.of(NOW.plusMillis(179_560))),
            new Allowance(
                Allowance.Kind.TOKENS,
                Window.MINUTE,
                Allowance.UNTOLD,
                7,
                Optional.of(NOW.plusSeconds(60))));
  }

  @Test
  void what_is_taken_of_a_limit_leaves_the_rest() {
    var limits = Limits.of(Map.of("concurrent", "current-calls of maximum-calls"));
    assertThat(limits.read(fields(Map.of("current-calls", "4", "maximum-calls", "5")), NOW))
        .extracting(Allowance::remaining)
        .containsExactly(1L);
    assertThat(limits.read(fields(Map.of("current-calls", "9", "maximum-calls", "5")), NOW))
        .extracting(Allowance::remaining)
        .containsExactly(0L);
    assertThat(limits.read(fields(Map.of("current-calls", "9")), NOW)).isEmpty();
  }

  @Test
  void of_a_provider_that_tells_nothing_no_field_is_looked_up() {
    Fields untouched =
        name -> {
          throw new AssertionError(name);
        };
    assertThat(Limits.NONE.read(untouched, NOW)).isEmpty();
  }

  @Test
  void of_a_limit_that_is_not_mentioned_one_field_is_looked_up() {
    var asked = new ArrayList<String>();
    Fields none =
        name -> {
          asked.add(name);
          return null;
        };
    assertThat(Limits.OPENAI.read(none, NOW)).isEmpty();
    assertThat(asked)
        .containsExactly("x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "NaN", "1e9", "12x", " 5", "0x10", "9999999999999999999", "5."})
  @DisplayName("F25 an amount that is none is not told")
  void nonsense_is_no_amount(String text) {
    assertThat(Limits.OPENAI.read(fields(Map.of("x-ratelimit-remaining-requests", text)), NOW))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "59 | 59000",
        "12.5 | 12500",
        "33011.382867 | 33011383",
        "1s | 1000",
        "8.64s | 8640",
        "7.0001s | 7001",
        "120ms | 120",
        "1.5ms | 2",
        "6m0s | 360000",
        "2m59.56s | 179560",
        "1h2m3.5s | 3723500",
        "1m250ms | 60250",
        "1d | 86400000",
        "1795262440 | 40000",
        "1795262440000 | 40000",
        "2026-11-21T12:00:40Z | 40000",
        "2026-11-21T12:00:40.5Z | 40500",
        "2026-11-21T13:00:40+01:00 | 40000",
        "2026-11-22T00:00:00Z | 43200000",
        "2026-11-30T00:00:00Z | 734400000",
        "2027-11-21T12:00:00Z | 2678400000",
        "Sat, 21 Nov 2026 12:00:40 GMT | 40000",
        "26 seconds | 26000",
        "99999999999 | 2678400000",
        "999999999 | 2678400000",
        "40000d | 2678400000"
      })
  @DisplayName("F19, F25 a reset is understood in every form, and clamped")
  void every_form_of_a_reset_is_understood(String text, long millis) {
    assertThat(Moment.millis(text, NOW) - NOW.toEpochMilli()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5",
        "NaN",
        "s",
        "5x",
        "5s5",
        ".5",
        "1.",
        "1700000000",
        "1700000000000",
        "2026-11-20T00:00:00Z",
        "2026-13-45T00:00:00Z",
        "2026-12-01T24:00:00Z",
        "m",
        "5mm"
      })
  @DisplayName("F25 nonsense and the past tell no reset")
  void nonsense_tells_no_reset(String text) {
    assertThat(Moment.millis(text, NOW)).isEqualTo(Moment.NONE);
  }

  @Test
  void the_quick_reading_agrees_with_the_thorough_one() {
    for (var form : List.of("%d", "%d.25", "%ds", "%d.5s", "%dms", "%dm%ds", "%dh%dm%ds", "%dd")) {
      for (var n = 0; n < 3_000; n += 7) {
        var text = form.formatted(n, n % 60, n % 60);
        assertThat(Duration.ofMillis(Moment.millis(text, NOW) - NOW.toEpochMilli()))
            .as(text)
            .isEqualTo(Hints.value(text, NOW).orElseThrow());
      }
    }
  }

  @Test
  void what_was_said_holds_until_the_window_begins_anew() {
    var told =
        new Allowance(Allowance.Kind.TOKENS, Window.MINUTE, 10, 0, Optional.of(NOW.plusSeconds(5)));
    assertThat(told.holds(NOW.plusSeconds(4))).isTrue();
    assertThat(told.holds(NOW.plusSeconds(5))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes | x-* | allowed: requests, tokens",
        "tokens/week | x-* | allowed: minute, day, month",
        "tokens | x-remaining | allowed: a field's name with a * in it, or FIELD of FIELD",
        "tokens | X-* | allowed: a-z, 0-9",
        "tokens | x-*-* | allowed: a-z, 0-9",
        "concurrent | a b of c | no field's name"
      })
  void a_row_that_makes_no_sense_is_refused(String name, String fields, String says) {
    assertThatThrownBy(() -> Limits.of(Map.of(name, fields))).hasMessageContaining(says);
  }

  private static Fields fields(Map<String, String> values) {
    return values::get;
  }
}
