package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Windows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A window in which a provider counts, and when what is counted now counts no more: after so long
/// where the window rolls, at its end where the clock or the calendar cuts it. Where nobody says
/// which, rolling is the safe guess: whoever keeps to it keeps to the other as well.
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
  private final BooleanSupplier byClock;
  private long began = Long.MAX_VALUE;
  private long ends = Long.MIN_VALUE;

  private Span(
      Window window, long length, int grain, @Nullable ZoneId zone, BooleanSupplier byClock) {
    this.window = window;
    this.length = length;
    this.grain = grain;
    this.zone = zone;
    this.byClock = byClock;
  }

  /// A minute, or what a provider has in its place, told in steps of 64 ms; it rolls unless it ends
  /// by the clock.
  static Span minute(long length, BooleanSupplier byClock) {
    return new Span(Window.MINUTE, length, 6, null, byClock);
  }

  /// A day as the provider has them, or the last 24 hours where nobody knows.
  static Span day(Windows.@Nullable Day day) {
    return switch (day) {
      case null -> new Span(Window.DAY, DAY, 17, null, () -> false);
      case Windows.Day.Midnight(var zone) -> new Span(Window.DAY, DAY, 10, zone, () -> false);
      case Windows.Day.Lasting(var length) ->
          new Span(Window.DAY, length.toMillis(), 6, null, () -> true);
    };
  }

  /// A month of the calendar, UTC.
  static Span month() {
    return new Span(Window.MONTH, 31 * DAY, 10, ZoneOffset.UTC, () -> false);
  }

  Window window() {
    return window;
  }

  /// How long it lasts, in milliseconds.
  public long length() {
    return length;
  }

  boolean rolls() {
    return zone == null && !byClock.getAsBoolean();
  }

  /// How fine time is told: in steps of two to the power of this many milliseconds.
  int grain() {
    return grain;
  }

  /// When what is counted now counts no more.
  public long end(long now) {
    if (zone == null) {
      return byClock.getAsBoolean() ? (now / length + 1) * length : now + length;
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
