package io.onebalance.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResetsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-21T08:30:00Z, PT23H30M", // 00:30 there, where the seed's cooldown was negative
    "2026-11-21T08:00:00Z, PT24H", // midnight itself: the next one
    "2026-11-21T07:59:59Z, PT1S",
    "2026-07-01T07:30:00Z, PT23H30M", // 00:30 in summer
    "2026-03-08T08:30:00Z, PT22H30M", // the day of 23 hours
    "2026-03-08T12:00:00Z, PT19H",
    "2026-11-01T07:30:00Z, PT24H30M", // the day of 25 hours
    "2026-11-01T09:30:00Z, PT22H30M", // the second 01:30 of that day
    "2026-12-31T20:00:00Z, PT12H"
  })
  @DisplayName("D22 the next midnight Pacific, also at 00:30 there and when the clocks change")
  void midnight_pacific(Instant now, Duration rest) {
    assertThat(Resets.midnightPacific(now)).isEqualTo(rest);
  }

  @Test
  @DisplayName("D22 at every minute of a year it is ahead, at most 25 hours, and a midnight")
  void always_ahead_and_a_midnight() {
    var pacific = ZoneId.of("America/Los_Angeles");
    var now = Instant.parse("2026-01-01T00:00:00Z");
    for (var minute = 0; minute < 366 * 24 * 60; minute += 7) {
      var at = now.plus(Duration.ofMinutes(minute));
      var rest = Resets.midnightPacific(at);
      assertThat(rest).isPositive().isLessThanOrEqualTo(Duration.ofHours(25));
      assertThat(at.plus(rest).atZone(pacific).toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:00:00Z, PT12H, PT228H",
    "2026-12-31T23:59:59Z, PT1S, PT1S",
    "2028-02-01T00:00:00Z, PT24H, PT696H"
  })
  void days_and_months_of_utc(Instant now, Duration day, Duration month) {
    assertThat(Resets.midnightUtc(now)).isEqualTo(day);
    assertThat(Resets.monthUtc(now)).isEqualTo(month);
  }
}
