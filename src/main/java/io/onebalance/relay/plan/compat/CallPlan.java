package io.onebalance.relay.plan.compat;

import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Planned;
import java.util.List;
import java.util.Optional;

/// Plans one kind of calls.
sealed interface CallPlan permits Conversing, Embedding, Counting {
  /// Why this target cannot be asked.
  Optional<Refusal> objection(Targets.Target target);

  /// What is asked of these targets, to none of which there is an objection; at least one.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says
  Planned plan(List<Targets.Target> targets);
}
