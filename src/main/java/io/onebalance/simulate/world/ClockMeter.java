package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.Limit;
import java.time.Instant;
import java.time.ZoneId;

/// A window that begins anew with each minute of the clock, or at midnight of a zone.
final class ClockMeter implements Meter {
  private final Limit.Span span;
  private final ZoneId zone;
  private long turns = Long.MIN_VALUE;
  private long spent;

  ClockMeter(Limit.Span span, ZoneId zone) {
    this.span = span;
    this.zone = zone;
  }

  @Override
  public long spent(long now) {
    turn(now);
    return spent;
  }

  @Override
  public void spend(long amount, long now) {
    turn(now);
    spent += amount;
  }

  @Override
  public void end() {}

  @Override
  public long freedAt(long amount, long now) {
    turn(now);
    return turns;
  }

  private void turn(long now) {
    if (now >= turns) {
      turns = next(span, zone, now);
      spent = 0;
    }
  }

  /// When the window that runs at this time is over.
  static long next(Limit.Span span, ZoneId zone, long now) {
    if (span == Limit.Span.MINUTE) {
      return (now / span.millis() + 1) * span.millis();
    }
    var today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
    return today.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
