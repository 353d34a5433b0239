package io.onebalance.sandbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Outcomes in order. Thread-safe: each request takes the next one.
final class Plot {
  private final List<Fault> outcomes;
  private final boolean again;
  private final AtomicInteger taken = new AtomicInteger();

  private Plot(List<Fault> outcomes, boolean again) {
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException("a plot needs at least one outcome");
    }
    this.outcomes = List.copyOf(outcomes);
    this.again = again;
  }

  /// These in order; the last one goes on for ever.
  static Plot of(Fault... outcomes) {
    return new Plot(List.of(outcomes), false);
  }

  /// These in order, again and again.
  static Plot turning(Fault... outcomes) {
    return new Plot(List.of(outcomes), true);
  }

  Fault next() {
    var number = taken.getAndUpdate(n -> n == Integer.MAX_VALUE ? outcomes.size() : n + 1);
    return outcomes.get(again ? number % outcomes.size() : Math.min(number, outcomes.size() - 1));
  }
}
