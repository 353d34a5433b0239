package io.onebalance.simulate.world;

/// What runs at once.
final class RunningMeter implements Meter {
  /// Nobody knows when something that runs will end.
  private static final long SOON = 1000;

  private long running;

  @Override
  public long spent(long now) {
    return running;
  }

  @Override
  public void spend(long amount, long now) {
    running += amount;
  }

  @Override
  public void end() {
    running--;
  }

  @Override
  public long freedAt(long amount, long now) {
    return now + SOON;
  }
}
