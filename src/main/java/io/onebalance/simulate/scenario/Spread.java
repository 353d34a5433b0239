package io.onebalance.simulate.scenario;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Amounts as nature spreads them (log-normal): half of them are below the median, one in a hundred
/// above `p99`, none above `most`.
public record Spread(double median, double p99, double most) {
  /// Where the 99th percentile lies, in standard deviations.
  private static final double P99 = 2.326_347_874;

  private static final int SAMPLES = 100_000;

  /// Always the same amount.
  public static Spread of(double always) {
    return new Spread(always, always, always);
  }

  public double next(RandomGenerator chance) {
    return p99 <= median ? Math.min(median, most) : drawn(chance);
  }

  /// The average, by trying.
  public double mean() {
    if (p99 <= median) {
      return Math.min(median, most);
    }
    var chance = new SplittableRandom(1);
    var sum = 0.0;
    for (var i = 0; i < SAMPLES; i++) {
      sum += drawn(chance);
    }
    return sum / SAMPLES;
  }

  private double drawn(RandomGenerator chance) {
    var sigma = Math.log(p99 / median) / P99;
    return Math.min(most, median * Math.exp(sigma * chance.nextGaussian()));
  }
}
