package io.onebalance.relay.ask.again;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// How many repeats after failures of the provider's own making one provider gets: a tenth of its
/// requests, or three a second where that is more. So repeats never multiply the load on a provider
/// in trouble.
///
/// Thread-safe: event loops share it.
public final class Budget {
  private static final double PER_REQUEST = 0.1;
  private static final double PER_SECOND = 3;
  private static final double MOST = 100;

  private final LongAdder requests = new LongAdder();
  private long counted;
  private double earned;
  private double floor = PER_SECOND;
  private Instant refilled = Instant.EPOCH;

  /// One more request, whatever comes of it; asking once more for the same is none. No event loop
  /// waits for another here: nearly all requests only pass.
  public void requested() {
    requests.increment();
  }

  /// Takes one repeat, if there is one left.
  public synchronized boolean take(Instant now) {
    earn();
    refill(now);
    if (earned < 1 && floor < 1) {
      return false;
    }
    earned = Math.max(0, earned - 1);
    floor = Math.max(0, floor - 1);
    return true;
  }

  private void earn() {
    var all = requests.sum();
    earned = Math.min(MOST, earned + PER_REQUEST * (all - counted));
    counted = all;
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
