package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.Limit;

/// What was truly spent of one limit. Amounts are requests or tokens; times are milliseconds.
sealed interface Meter permits ClockMeter, RollingMeter, RunningMeter {
  static Meter of(Limit limit) {
    if (limit.span() == Limit.Span.NONE) {
      return new RunningMeter();
    }
    return limit
        .zone()
        .<Meter>map(zone -> new ClockMeter(limit.span(), zone))
        .orElseGet(() -> new RollingMeter(limit.span().millis()));
  }

  /// What is spent in the window that runs now.
  long spent(long now);

  void spend(long amount, long now);

  /// What runs no longer is given back; windows keep what they have.
  void end();

  /// When so much will have been given back, at the earliest, if nothing more is spent.
  long freedAt(long amount, long now);
}
