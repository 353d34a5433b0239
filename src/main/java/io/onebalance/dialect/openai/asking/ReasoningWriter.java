package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.dialect.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Asks a provider's model to think as the client wants, in the words that this provider has.
final class ReasoningWriter {
  private static final String MEMBER = "reasoning_effort";

  /// From the least to the most.
  private static final List<Effort> ALL = List.of(Effort.values());

  private ReasoningWriter() {}

  static void write(Reasoning asked, Draft draft) {
    if (asked.isUnsaid()) {
      return;
    }
    switch (draft.flavour.word("reasoning")) {
      case "effort" -> effort(asked, draft);
      case "router" -> router(asked, draft);
      case "thinking" -> thinking(asked, draft);
      case "qwen" -> qwen(asked, draft);
      // `none`: these models think as they like, or not at all.
      default -> draft.drop(MEMBER);
    }
  }

  private static void effort(Reasoning asked, Draft draft) {
    wanted(asked)
        .ifPresent(effort ->
            nearest(effort, draft.flavour)
                .ifPresentOrElse(word -> draft.put(MEMBER, word), () -> draft.drop(MEMBER)));
  }

  private static void router(Reasoning asked, Draft draft) {
    var reasoning = Json.object();
    if (asked.mode() == Mode.OFF) {
      reasoning.put("enabled", false);
    } else if (asked.budget().isPresent()) {
      reasoning.put("max_tokens", asked.budget().get());
    } else {
      wanted(asked)
          .flatMap(effort -> nearest(effort, draft.flavour))
          .ifPresentOrElse(
              word -> reasoning.put("effort", word), () -> reasoning.put("enabled", true));
    }
    asked.shown().filter(shown -> !shown).ifPresent(_ -> reasoning.put("exclude", true));
    draft.put("reasoning", reasoning);
  }

  private static void thinking(Reasoning asked, Draft draft) {
    var type = asked.mode() == Mode.OFF ? "disabled" : "enabled";
    draft.put("thinking", Json.object().put("type", type));
  }

  private static void qwen(Reasoning asked, Draft draft) {
    draft.put("enable_thinking", asked.mode() != Mode.OFF);
    if (asked.mode() != Mode.OFF) {
      asked.budget().ifPresent(budget -> draft.put("thinking_budget", budget));
    }
  }

  /// As an effort; nothing where the model decides.
  private static Optional<Effort> wanted(Reasoning asked) {
    if (asked.mode() == Mode.OFF) {
      return Optional.of(Effort.NONE);
    }
    return asked.effort().or(() -> asked.budget().map(Effort::worth));
  }

  /// The nearest that the model knows, the lesser of two. Where it cannot but think, `none` is left
  /// to it, unless it can think minimally.
  private static Optional<String> nearest(Effort wanted, Flavour flavour) {
    var known = known(flavour);
    if (wanted == Effort.NONE && !known.contains(Effort.NONE)) {
      return known.contains(Effort.MINIMAL) ? Optional.of("minimal") : Optional.empty();
    }
    return known.stream()
        .filter(effort -> wanted == Effort.NONE || effort != Effort.NONE)
        .min(Comparator.comparingInt(effort -> Math.abs(ALL.indexOf(effort) - ALL.indexOf(wanted))))
        .map(effort -> effort.name().toLowerCase(Locale.ROOT));
  }

  private static List<Effort> known(Flavour flavour) {
    var words = flavour.words("efforts");
    return ALL.stream()
        .filter(effort -> words.contains(effort.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
