package io.onebalance.sandbox.quota;

import java.time.Duration;

/// How long what a provider calls a minute and a day lasts here. Shortened ones let many of them
/// pass while somebody looks on; a shortened day begins anew with the clock, as the minutes do, and
/// not at a midnight.
public record WindowLengths(Duration minute, Duration day) {
  public static final WindowLengths REAL =
      new WindowLengths(Duration.ofMinutes(1), Duration.ofDays(1));

  public WindowLengths {
    if (minute.toMillis() < 1 || minute.compareTo(day) > 0) {
      throw new IllegalArgumentException(
          "a minute of %s in a day of %s; allowed: 1 ms and more, no longer than the day"
              .formatted(minute, day));
    }
  }

  Duration of(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE -> minute;
      case REQUESTS_PER_DAY -> day;
    };
  }
}
