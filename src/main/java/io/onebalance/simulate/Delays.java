package io.onebalance.simulate;

import java.util.Arrays;

/// How long requests were kept from the key that served them, in milliseconds.
final class Delays {
  private static final int LONGEST = 300_000;

  private int[] counts = new int[1024];
  private long total;

  void add(long millis) {
    var at = (int) Math.min(LONGEST, millis);
    if (at >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(at + 1, 2 * counts.length));
    }
    counts[at]++;
    total++;
  }

  /// The delay that this part of the requests did not exceed; 0 when there were none.
  long quantile(double part) {
    var left = (long) Math.ceil(part * total);
    for (var millis = 0; millis < counts.length; millis++) {
      left -= counts[millis];
      if (left <= 0) {
        return millis;
      }
    }
    return 0;
  }
}
