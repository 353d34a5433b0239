package io.onebalance.console.pages.words;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Points in time as pages write them, in UTC.
public final class Stamp {
  private static final DateTimeFormatter MINUTES = formatter("yyyy-MM-dd HH:mm 'UTC'");
  private static final DateTimeFormatter SECONDS = formatter("yyyy-MM-dd HH:mm:ss");

  private Stamp() {}

  public static String minutes(Instant at) {
    return MINUTES.format(at);
  }

  public static String seconds(Instant at) {
    return SECONDS.format(at);
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
