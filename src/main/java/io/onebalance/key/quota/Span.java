package io.onebalance.key.quota;

import io.onebalance.provider.answer.Verdict.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A window in which a provider counts, and when what is counted now counts no more: after so long
/// where the window rolls, at its end where the calendar cuts it. Where nobody says which, rolling
/// is the safe guess: whoever keeps to it keeps to the other as well.
///
/// Remembers the running day or month, so that no calendar is asked at each request.
public final class Span {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  /// Clocks differ: a new day begins for us a little later than for the provider.
  private static final long LATE = MINUTE;

  private final Window window;
  private final long length;
  private final int grain;
  private final @Nullable ZoneId zone;
  private long began = Long.MAX_VALUE;
  private long ends = Long.MIN_VALUE;

  private Span(Window window, long length, int grain, @Nullable ZoneId zone) {
    this.window = window;
    this.length = length;
    this.grain = grain;
    this.zone = zone;
  }

  /// A minute that rolls, told in steps of 64 ms.
  static Span minute() {
    return new Span(Window.MINUTE, MINUTE, 6, null);
  }

  /// A day of this zone's calendar, or the last 24 hours where none is known.
  static Span day(@Nullable ZoneId zone) {
    return new Span(Window.DAY, DAY, zone == null ? 17 : 10, zone);
  }

  /// A month of the calendar, UTC.
  static Span month() {
    return new Span(Window.MONTH, 31 * DAY, 10, ZoneOffset.UTC);
  }

  Window window() {
    return window;
  }

  long length() {
    return length;
  }

  boolean rolls() {
    return zone == null;
  }

  /// How fine time is told: in steps of two to the power of this many milliseconds.
  int grain() {
    return grain;
  }

  /// When what is counted now counts no more.
  long end(long now) {
    if (zone == null) {
      return now + length;
    }
    if (now < began || now >= ends) {
      turn(now, zone);
    }
    return ends + LATE;
  }

  private void turn(long now, ZoneId calendar) {
    var today = LocalDate.ofInstant(Instant.ofEpochMilli(now), calendar);
    var first = window == Window.MONTH ? today.withDayOfMonth(1) : today;
    var next = window == Window.MONTH ? first.plusMonths(1) : first.plusDays(1);
    began = first.atStartOfDay(calendar).toInstant().toEpochMilli();
    ends = next.atStartOfDay(calendar).toInstant().toEpochMilli();
  }
}
