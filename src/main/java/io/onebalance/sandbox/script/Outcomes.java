package io.onebalance.sandbox.script;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Outcomes in order. Thread-safe: each request takes the next one.
final class Outcomes {
  private final List<Fault> outcomes;
  private final boolean again;
  private final AtomicInteger taken = new AtomicInteger();

  private Outcomes(List<Fault> outcomes, boolean again) {
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException("a sequence needs at least one outcome");
    }
    this.outcomes = List.copyOf(outcomes);
    this.again = again;
  }

  /// These in order; the last one goes on for ever.
  static Outcomes of(Fault... outcomes) {
    return new Outcomes(List.of(outcomes), false);
  }

  /// These in order, again and again.
  static Outcomes turning(Fault... outcomes) {
    return new Outcomes(List.of(outcomes), true);
  }

  Fault next() {
    var number = taken.getAndUpdate(n -> n == Integer.MAX_VALUE ? outcomes.size() : n + 1);
    return outcomes.get(again ? number % outcomes.size() : Math.min(number, outcomes.size() - 1));
  }
}
