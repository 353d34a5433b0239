package io.onebalance.simulate.policy;

/// How many repeats after faults of the provider there may be, as the relay counts them: a tenth of
/// the requests, or three a second where that is more.
final class RepeatBudget {
  private static final double PER_REQUEST = 0.1;
  private static final double PER_SECOND = 3;
  private static final double MOST = 100;

  private double earned;
  private double floor = PER_SECOND;
  private long refilled;

  void requested() {
    earned = Math.min(MOST, earned + PER_REQUEST);
  }

  boolean take(long now) {
    var seconds = Math.min(1, (now - refilled) / 1000.0);
    floor = Math.min(PER_SECOND, floor + PER_SECOND * seconds);
    refilled = now;
    if (earned < 1 && floor < 1) {
      return false;
    }
    earned = Math.max(0, earned - 1);
    floor = Math.max(0, floor - 1);
    return true;
  }
}
