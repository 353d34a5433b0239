package io.onebalance.simulate.scenario;

import java.util.List;

/// Requests for a model: so many a minute on average from one time to another (since the start),
/// times the factor of the hour, times that of a burst. They come at random.
public record Load(
    String model, double perMinute, long from, long to, List<Double> byHour, Burst burst) {
  private static final long HOUR = 3_600_000;

  public Load {
    byHour = List.copyOf(byHour);
  }

  /// Each `every`, for a while, so many times the load.
  public record Burst(long every, long lasts, double times) {
    public static final Burst NONE = new Burst(1, 0, 1);

    double at(long sinceStart) {
      return sinceStart % every < lasts ? times : 1;
    }
  }

  /// Requests a millisecond at a time since the start.
  public double rate(long sinceStart) {
    if (sinceStart < from || sinceStart >= to) {
      return 0;
    }
    var hour = byHour.isEmpty() ? 1 : byHour.get((int) (sinceStart / HOUR % byHour.size()));
    return perMinute / 60_000 * hour * burst.at(sinceStart);
  }

  /// Never more than this.
  public double highestRate() {
    var hour = byHour.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    return perMinute / 60_000 * hour * Math.max(1, burst.times);
  }
}
