package io.onebalance.provider.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// How long it is until a quota begins anew, where its kind says when that is.
public final class Resets {
  /// What rests a key whose credit is gone, until its owner pays and nobody tells us: a day, and
  /// tests may find it back sooner.
  public static final Duration UNTIL_PAID = Duration.ofHours(24);

  /// What rests a key for a model that it has no right to or no quota for.
  public static final Duration WITHOUT_ACCESS = Duration.ofHours(24);

  /// What rests a key that has too many calls in flight and says no more.
  public static final Duration UNTIL_A_CALL_ENDS = Duration.ofSeconds(5);

  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  private Resets() {}

  /// Until the next midnight where Google counts its days; 23 or 25 hours at most when the clocks
  /// change, and never zero.
  public static Duration midnightPacific(Instant now) {
    return nextDay(now, PACIFIC);
  }

  /// Until the next 00:00 UTC.
  public static Duration midnightUtc(Instant now) {
    return nextDay(now, ZoneOffset.UTC);
  }

  /// Until the next month begins, UTC.
  public static Duration monthUtc(Instant now) {
    var month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1).plusMonths(1);
    return Duration.between(now, month.atStartOfDay(ZoneOffset.UTC));
  }

  private static Duration nextDay(Instant now, ZoneId zone) {
    return Duration.between(now, LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone));
  }
}
