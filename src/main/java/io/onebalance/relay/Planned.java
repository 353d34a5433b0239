package io.onebalance.relay;

import java.util.List;

/// What is to be asked for a request: one errand after another until one answers, or why nothing is
/// asked.
sealed interface Planned {
  /// At least one errand, the best first.
  record Errands(List<Errand> errands) implements Planned {
    public Errands {
      errands = List.copyOf(errands);
    }
  }

  record Refused(Refusal refusal) implements Planned {}
}
