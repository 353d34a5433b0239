package io.onebalance.console.report;

import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Points in time as people and scripts write them: seconds since 1970, a date (its beginning,
/// UTC), or a date and time of ISO 8601 with its offset.
final class Moment {
  /// The end of the year 9999.
  private static final long LATEST = 253_402_300_799L;

  private Moment() {}

  static Instant of(String name, String text) {
    try {
      return text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Instant.ofEpochSecond(Math.min(Long.parseLong(text), LATEST))
          : date(text);
    } catch (DateTimeException | NumberFormatException wrong) {
      throw Refusal.invalid(
          "'%s' is '%s'; allowed: Unix seconds, a date (2026-11-21), or a time with its offset (2026-11-21T08:00:00Z)"
              .formatted(name, Shown.brief(text)));
    }
  }

  private static Instant date(String text) {
    return text.contains("T")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
