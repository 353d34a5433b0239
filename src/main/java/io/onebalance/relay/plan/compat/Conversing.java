package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans a conversation, and whatever only goes on as it is. For a provider of another dialect it
/// is translated.
record Conversing(AsItIs asItIs, Translator translator) implements CallPlan {
  private static final int MOST_LINKS = 16;

  @Override
  public Optional<Refusal> objection(Targets.Target target) {
    return asItIs.reaches(target) ? Optional.empty() : translator.objection(target);
  }

  @Override
  public Planned plan(List<Targets.Target> targets) {
    if (!asItIs.exchange().snapshot().fetchesMedia()) {
      return planned(targets);
    }
    var links =
        translator.links(targets.stream().filter(target -> !asItIs.reaches(target)).toList());
    if (links.size() > MOST_LINKS) {
      throw new BadRequest("messages", "at most " + MOST_LINKS + " links are fetched");
    }
    return links.isEmpty()
        ? planned(targets)
        : new Planned.Fetching(
            links,
            fetched -> {
              translator.fill(fetched);
              return planned(targets);
            });
  }

  private Planned planned(List<Targets.Target> targets) {
    var errands = new ArrayList<Errand>();
    var objections = new ArrayList<Refusal>();
    for (var target : targets) {
      try {
        errands.add(asItIs.errand(target).orElseGet(() -> translator.errand(target)));
      } catch (BadRequest bad) {
        objections.add(Translated.refusal(bad));
      }
    }
    return errands.isEmpty()
        ? new Planned.Refused(objections.getFirst())
        : new Planned.Errands(errands);
  }
}
