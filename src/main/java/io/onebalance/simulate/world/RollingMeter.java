package io.onebalance.simulate.world;

import java.util.Arrays;

/// What was spent within the last minute, or day, to the millisecond.
final class RollingMeter implements Meter {
  private final long length;
  private long[] times = new long[4];
  private long[] amounts = new long[4];
  private int first;
  private int size;
  private long spent;

  RollingMeter(long length) {
    this.length = length;
  }

  @Override
  public long spent(long now) {
    while (size > 0 && times[first] + length <= now) {
      spent -= amounts[first];
      first = (first + 1) % times.length;
      size--;
    }
    return spent;
  }

  @Override
  public void spend(long amount, long now) {
    spent(now);
    if (amount == 0) {
      return;
    }
    if (size == times.length) {
      grow();
    }
    var last = (first + size++) % times.length;
    times[last] = now;
    amounts[last] = amount;
    spent += amount;
  }

  @Override
  public void end() {}

  @Override
  public long freedAt(long amount, long now) {
    spent(now);
    var freed = 0L;
    for (var i = 0; i < size; i++) {
      var at = (first + i) % times.length;
      freed += amounts[at];
      if (freed >= amount) {
        return times[at] + length;
      }
    }
    return now + length;
  }

  private void grow() {
    var order = new int[size];
    Arrays.setAll(order, i -> (first + i) % times.length);
    times = Arrays.copyOf(Arrays.stream(order).mapToLong(i -> times[i]).toArray(), 2 * size);
    amounts = Arrays.copyOf(Arrays.stream(order).mapToLong(i -> amounts[i]).toArray(), 2 * size);
    first = 0;
  }
}
