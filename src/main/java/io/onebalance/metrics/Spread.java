package io.onebalance.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long something took, in steps, for each provider. Guarded by [Meters].
final class Spread {
  private final String name;
  private final String help;
  private final double[] bounds;
  private final Map<String, Seen> byProvider = new HashMap<>();

  /// `bounds` are in seconds, ascending; beyond the last one there is one step more.
  Spread(String name, String help, double... bounds) {
    this.name = name;
    this.help = help;
    this.bounds = bounds.clone();
  }

  Seen of(String provider) {
    return byProvider.computeIfAbsent(provider, _ -> new Seen(bounds.length + 1));
  }

  HistogramSnapshot snapshot() {
    var told = HistogramSnapshot.builder().name(name).help(help);
    byProvider.forEach((provider, seen) -> told.dataPoint(seen.point(provider)));
    return told.build();
  }

  /// What was seen of one provider.
  final class Seen {
    private final long[] counts;
    private long nanos;

    private Seen(int steps) {
      counts = new long[steps];
    }

    void add(Duration took) {
      var step = 0;
      var seconds = took.toNanos() / 1e9;
      while (step < bounds.length && seconds > bounds[step]) {
        step++;
      }
      counts[step]++;
      nanos += took.toNanos();
    }

    private HistogramDataPointSnapshot point(String provider) {
      var buckets = ClassicHistogramBuckets.builder();
      for (var step = 0; step < bounds.length; step++) {
        buckets.bucket(bounds[step], counts[step]);
      }
      buckets.bucket(Double.POSITIVE_INFINITY, counts[bounds.length]);
      return HistogramDataPointSnapshot.builder()
          .labels(Labels.of("provider", provider))
          .classicHistogramBuckets(buckets.build())
          .sum(nanos / 1e9)
          .build();
    }
  }
}
