package io.onebalance.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A number that only grows, for each combination of labels. Whole parts are summed, so that
/// nothing is lost; `parts` of them are one of the unit that is told. Guarded by [Meters].
final class Count {
  private final String name;
  private final String help;
  private final double parts;
  private final List<String> labels;
  private final Map<List<String>, long[]> sums = new HashMap<>();

  Count(String name, String help, String... labels) {
    this(name, help, 1, labels);
  }

  Count(String name, String help, double parts, String... labels) {
    this.name = name;
    this.help = help;
    this.parts = parts;
    this.labels = List.of(labels);
  }

  /// `values` are those of the labels, in their order.
  void add(long amount, List<String> values) {
    sums.computeIfAbsent(values, _ -> new long[1])[0] += amount;
  }

  CounterSnapshot snapshot() {
    var told = CounterSnapshot.builder().name(name).help(help);
    sums.forEach((values, sum) -> told.dataPoint(point(values, sum[0])));
    return told.build();
  }

  private CounterDataPointSnapshot point(List<String> values, long sum) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of(labels, values))
        .value(sum / parts)
        .build();
  }
}
