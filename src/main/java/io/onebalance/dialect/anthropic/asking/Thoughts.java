package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How much a model of this dialect is told to think, and how long its answer may be: what is
/// thought counts as part of it.
///
/// @param thinking what is said of it; empty where it is left to the model
record Thoughts(Optional<ObjectNode> thinking, Optional<String> effort, int tokens) {
  private static final int LEAST_BUDGET = 1024;

  static Thoughts of(ChatRequest request, Claude model, Conversation talk, Set<String> dropped) {
    var wanted = request.reasoning();
    var asked = request.limits().tokens().map(tokens -> Math.min(tokens, model.mostTokens()));
    var tokens = asked.orElse(model.tokens());
    if (isOff(wanted)) {
      return new Thoughts(off(model), Optional.empty(), tokens);
    }
    if (wanted.isUnsaid()) {
      return new Thoughts(Optional.empty(), Optional.empty(), tokens);
    }
    if (model.adapts() && (wanted.budget().isEmpty() || !model.takesBudget())) {
      return new Thoughts(adaptive(wanted), effort(wanted), tokens);
    }
    var budget = fitting(budget(wanted), asked, model);
    if (!model.thinks() || talk.lacksThought() || talk.isBegun() || budget < LEAST_BUDGET) {
      dropped.add("reasoning");
      return new Thoughts(Optional.empty(), Optional.empty(), tokens);
    }
    var most = asked.orElse(Math.min(model.mostTokens(), Math.max(tokens, 2 * budget)));
    return new Thoughts(enabled(wanted, budget, model), Optional.empty(), most);
  }

  boolean on() {
    return thinking.filter(said -> !said.path("type").asString("").equals("disabled")).isPresent();
  }

  private static boolean isOff(Reasoning wanted) {
    return wanted.mode() == Mode.OFF
        || wanted.effort().equals(Optional.of(Effort.NONE))
        || wanted.budget().equals(Optional.of(0));
  }

  private static Optional<ObjectNode> off(Claude model) {
    return model.thinks() ? Optional.of(Json.object().put("type", "disabled")) : Optional.empty();
  }

  private static Optional<ObjectNode> adaptive(Reasoning wanted) {
    return Optional.of(displayed(Json.object().put("type", "adaptive"), wanted));
  }

  private static Optional<ObjectNode> enabled(Reasoning wanted, int budget, Claude model) {
    var said = Json.object().put("type", "enabled").put("budget_tokens", budget);
    return Optional.of(model.adapts() ? displayed(said, wanted) : said);
  }

  private static ObjectNode displayed(ObjectNode said, Reasoning wanted) {
    wanted.shown().ifPresent(shown -> said.put("display", shown ? "summarized" : "omitted"));
    return said;
  }

  private static Optional<String> effort(Reasoning wanted) {
    return wanted
        .effort()
        .or(() -> wanted.budget().filter(budget -> budget > 0).map(Effort::worth))
        .map(effort ->
            switch (effort) {
              case NONE, MINIMAL, LOW -> "low";
              case MEDIUM -> "medium";
              case HIGH -> "high";
              case XHIGH -> "xhigh";
              case MAX -> "max";
            });
  }

  private static int budget(Reasoning wanted) {
    return wanted
        .budget()
        .filter(budget -> budget > 0)
        .map(budget -> Math.max(LEAST_BUDGET, budget))
        .orElseGet(() ->
            switch (wanted.effort().orElse(Effort.MEDIUM)) {
              case NONE, MINIMAL, LOW -> 1024;
              case MEDIUM -> 4096;
              case HIGH, XHIGH, MAX -> 16_384;
            });
  }

  /// A budget is smaller than the whole; where it is not, half of that is left for the answer.
  private static int fitting(int budget, Optional<Integer> asked, Claude model) {
    int most = asked.orElse(model.mostTokens());
    return budget < most ? budget : most / 2;
  }
}
