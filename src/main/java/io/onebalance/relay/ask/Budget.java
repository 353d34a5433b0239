package io.onebalance.relay.ask;

import java.time.Duration;
import java.time.Instant;

/// How many repeats after failures of the provider's own making one provider gets: a tenth of its
/// requests, and three a second when there are few. So repeats never multiply the load on a
/// provider in trouble.
///
/// Thread-safe: event loops share it.
final class Budget {
  private static final double PER_REQUEST = 0.1;
  private static final double PER_SECOND = 3;
  private static final double MOST = 100;

  private double earned;
  private double floor = PER_SECOND;
  private Instant refilled = Instant.EPOCH;

  /// One more request, whatever comes of it.
  synchronized void requested() {
    earned = Math.min(MOST, earned + PER_REQUEST);
  }

  /// Takes one repeat, if there is one left.
  synchronized boolean take(Instant now) {
    refill(now);
    if (earned >= 1) {
      earned--;
      return true;
    }
    if (floor >= 1) {
      floor--;
      return true;
    }
    return false;
  }

  private void refill(Instant now) {
    var passed = Duration.between(refilled, now);
    if (passed.isPositive()) {
      var seconds = Math.min(1, passed.toMillis() / 1000.0);
      floor = Math.min(PER_SECOND, floor + PER_SECOND * seconds);
    }
    refilled = now;
  }
}
