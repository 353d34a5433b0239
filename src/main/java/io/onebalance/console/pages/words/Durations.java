package io.onebalance.console.pages.words;

import java.time.Duration;

/// Durations as the tables show them: the two largest units of days, hours and minutes.
public final class Durations {
  private Durations() {}

  /// `1d1h`, `1h1m` or `5m`; less than a minute is `0m`.
  public static String text(Duration duration) {
    if (duration.toDays() > 0) {
      return "%dd%dh".formatted(duration.toDays(), duration.toHoursPart());
    }
    return duration.toHours() > 0
        ? "%dh%dm".formatted(duration.toHours(), duration.toMinutesPart())
        : "%dm".formatted(Math.max(0, duration.toMinutes()));
  }

  /// The same, and `-` for nothing at all.
  public static String orDash(Duration duration) {
    return duration.isZero() ? "-" : text(duration);
  }

  /// What is left of a rest: below a minute in seconds, rounded up, so that it never reads as over.
  public static String left(Duration duration) {
    return duration.compareTo(Duration.ofMinutes(1)) < 0
        ? "%ds".formatted(Math.max(1, duration.plusNanos(999_999_999).toSeconds()))
        : text(duration);
  }
}
