package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes how much is thought: in levels since Gemini 3, before in tokens.
final class ThinkingWriter {
  private ThinkingWriter() {}

  /// Empty where nothing is said about it, or the model does not think.
  static Optional<ObjectNode> write(Reasoning asked, GeminiModel model, Dropped dropped) {
    if (!model.thinks()) {
      if (asked.mode() == Mode.ON || asked.mode() == Mode.ADAPTIVE) {
        dropped.tell("reasoning");
      }
      return Optional.empty();
    }
    var config = Json.object();
    var effort = isOff(asked) ? Optional.of(Effort.NONE) : asked.effort();
    if (model.hasLevels()) {
      level(asked, effort, model).ifPresent(level -> config.put("thinkingLevel", level));
    } else {
      budget(asked, effort, model).ifPresent(budget -> config.put("thinkingBudget", budget));
    }
    shown(asked).ifPresent(shown -> config.put("includeThoughts", shown));
    return config.isEmpty() ? Optional.empty() : Optional.of(config);
  }

  /// These models think by themselves, which a client that did not ask for it would wait for, and
  /// pay.
  private static boolean isOff(Reasoning asked) {
    return asked.mode() == Mode.OFF || asked.mode() == Mode.UNASKED;
  }

  private static Optional<String> level(
      Reasoning asked, Optional<Effort> effort, GeminiModel model) {
    return effort.map(model::level).or(() -> asked.budget().map(model::level));
  }

  private static Optional<Integer> budget(
      Reasoning asked, Optional<Effort> effort, GeminiModel model) {
    var counted = isOff(asked) ? Optional.<Integer>empty() : asked.budget();
    return counted.map(model::budget).or(() -> effort.map(model::budget));
  }

  /// Who counts the tokens of thoughts, or leaves them to the model, wants to see them unless told
  /// otherwise (Anthropic's clients); who names an effort does not.
  private static Optional<Boolean> shown(Reasoning asked) {
    return switch (asked.mode()) {
      case OFF, UNASKED -> Optional.empty();
      case UNSAID -> asked.shown();
      case ADAPTIVE -> asked.shown().or(() -> Optional.of(true));
      case ON ->
          asked.shown().or(() -> asked.effort().isPresent() ? Optional.empty() : Optional.of(true));
    };
  }
}
