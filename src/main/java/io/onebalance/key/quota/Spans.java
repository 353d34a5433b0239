package io.onebalance.key.quota;

import io.onebalance.provider.Verdict.Window;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The windows of one provider's limits.
public final class Spans {
  /// What ends later than this is no limit of a minute.
  static final long ABOUT_A_MINUTE = 70_000;

  private final Span minute = Span.minute();
  private final Span day;
  private final Span month = Span.month();

  /// `zone` is where a day's quota begins anew at midnight; without one, a day rolls.
  public Spans(@Nullable ZoneId zone) {
    day = Span.day(zone);
  }

  Span of(Window window) {
    return switch (window) {
      case MINUTE, UNKNOWN -> minute;
      case DAY -> day;
      case MONTH -> month;
    };
  }
}
