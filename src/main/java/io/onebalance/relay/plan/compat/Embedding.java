package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.translate.Batch;
import io.onebalance.relay.translate.EmbeddingInterpreter;
import io.onebalance.route.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans a call for vectors. It goes on as it is where that can be, and otherwise in as many parts
/// as a provider needs.
record Embedding(Exchange exchange, Call call, AsItIs asItIs, byte[] bytes) implements CallPlan {
  @Override
  public Optional<Refusal> objection(Targets.Target target) {
    if (asItIs.reaches(target)) {
      return Optional.empty();
    }
    return EmbeddingInterpreter.reaches(target.provider(), target.model())
        ? Translated.notWhole(exchange)
        : Optional.of(Refusal.invalid(Place.objection(call, target.provider())));
  }

  @Override
  public Planned plan(List<Targets.Target> targets) {
    if (targets.stream().allMatch(asItIs::reaches)) {
      return new Planned.Errands(
          targets.stream().flatMap(target -> asItIs.errand(target).stream()).toList());
    }
    var batches = batches(targets);
    return batches.stream().allMatch(batch -> batch.errands().size() == 1)
        ? new Planned.Errands(batches.stream().map(batch -> batch.errands().getFirst()).toList())
        : new Planned.Parts(batches);
  }

  /// The targets that can do what is asked.
  ///
  /// @throws BadRequest where none can
  private List<Planned.Batch> batches(List<Targets.Target> targets) {
    var interpreter = EmbeddingInterpreter.of(call, Translated.read(bytes));
    var batches = new ArrayList<Planned.Batch>();
    var mistakes = new ArrayList<BadRequest>();
    for (var target : targets) {
      try {
        batches.add(batch(target, interpreter.forTarget(target.provider(), target.model())));
      } catch (BadRequest bad) {
        mistakes.add(bad);
      }
    }
    if (batches.isEmpty()) {
      throw mistakes.getFirst();
    }
    return batches;
  }

  private Planned.Batch batch(Targets.Target target, Batch written) {
    return new Planned.Batch(
        written.parts().stream()
            .map(
                part -> Translated.errand(target, part, asItIs.belongings(), _ -> Optional.empty()))
            .toList(),
        written);
  }
}
