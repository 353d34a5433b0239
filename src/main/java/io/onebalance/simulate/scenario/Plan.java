package io.onebalance.simulate.scenario;

import java.util.List;

/// What a key, or a project, truly may do for each model, and when that changes unannounced.
public record Plan(List<Limit> limits, List<Change> changes) {
  public Plan {
    limits = List.copyOf(limits);
    changes = List.copyOf(changes);
  }

  /// From then on (since the start) each limit is so many times what it says.
  public record Change(long at, double times) {}

  /// By how much limits are multiplied at a time since the start.
  public double factor(long sinceStart) {
    var factor = 1.0;
    for (var change : changes) {
      factor = change.at <= sinceStart ? change.times : factor;
    }
    return factor;
  }

  /// How many average requests this allows in a minute, day quotas aside.
  public double perMinute(double input, double output) {
    return limits.stream()
        .filter(limit -> limit.span() == Limit.Span.MINUTE)
        .mapToDouble(limit -> limit.amount() / limit.kind().cost(input, output))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// How many average requests this allows in a day, minute quotas aside.
  public double perDay(double input, double output) {
    return limits.stream()
        .filter(limit -> limit.span() == Limit.Span.DAY)
        .mapToDouble(limit -> limit.amount() / limit.kind().cost(input, output))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
