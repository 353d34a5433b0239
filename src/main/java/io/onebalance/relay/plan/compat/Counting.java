package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.translate.TokenCount;
import io.onebalance.route.Call;
import io.onebalance.upstream.Body;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Plans a call for a count of tokens. Only the first target is asked, and only where it counts.
record Counting(Exchange exchange, Call call, AsItIs asItIs, byte[] bytes) implements CallPlan {
  @Override
  public Optional<Refusal> objection(Targets.Target target) {
    return asItIs.reaches(target) ? Optional.empty() : Translated.notWhole(exchange);
  }

  @Override
  public Planned plan(List<Targets.Target> targets) {
    var target = targets.getFirst();
    var asked = asItIs.errand(target);
    if (asked.isPresent()) {
      return new Planned.Count(asked.get(), this::estimate);
    }
    var count = TokenCount.of(call, Translated.read(bytes));
    return count
        .exact(target.provider(), target.model())
        .map(exact -> Translated.errand(target, exact, asItIs.belongings(), _ -> Optional.empty()))
        .<Planned>map(errand -> new Planned.Count(errand, () -> Optional.of(count.estimate())))
        .orElseGet(() -> new Planned.Answered(count.estimate()));
  }

  /// Of a request that goes on as it is, and is only read where its count cannot be had. Empty
  /// where it cannot be read.
  private Optional<JsonNode> estimate() {
    if (!(exchange.body() instanceof Body.Kept)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TokenCount.of(call, Translated.read(bytes)).estimate());
    } catch (BadRequest unreadable) {
      return Optional.empty();
    }
  }
}
