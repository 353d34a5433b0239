package io.onebalance.relay.plan;

import io.onebalance.relay.exchange.Refusal;
import io.onebalance.route.Call;
import java.util.List;

/// What is to be asked for a request: one errand after another until one answers, or why nothing is
/// asked.
public sealed interface Planned {
  /// At least one errand, the best first.
  record Errands(List<Errand> errands) implements Planned {
    public Errands {
      errands = List.copyOf(errands);
    }
  }

  record Refused(Refusal refusal) implements Planned {}

  /// The models that the caller may use are asked for.
  record Models(Call call) implements Planned {}
}
