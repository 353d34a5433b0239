package io.onebalance.dialect.openai.asked;

import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.dialect.json.Members;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How much thinking a client asks for: by OpenAI's `reasoning_effort`, or by one of the members
/// that clients took over from other providers: OpenRouter's `reasoning`, the `thinking` of
/// DeepSeek, GLM and Kimi, Qwen's `enable_thinking`, Google's `thinking_config`.
final class ReasoningReader {
  private ReasoningReader() {}

  static Reasoning read(Members body) {
    var asked =
        Stream.of(google(body), thinking(body), router(body), qwen(body))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(Reasoning.UNSAID);
    return effort(body, "reasoning_effort").map(effort -> with(effort, asked)).orElse(asked);
  }

  private static Optional<Reasoning> thinking(Members body) {
    var thinking = body.object("thinking");
    return thinking
        .flatMap(told -> told.text("type"))
        .map(type ->
            new Reasoning(
                switch (type) {
                  case "disabled" -> Mode.OFF;
                  case "adaptive", "auto" -> Mode.ADAPTIVE;
                  // `enabled`, and whatever a provider may call it.
                  default -> Mode.ON;
                },
                Optional.empty(),
                thinking.flatMap(told -> told.integer("budget_tokens")),
                Optional.empty()));
  }

  private static Optional<Reasoning> router(Members body) {
    return body.object("reasoning")
        .map(told -> {
          var shown = told.flag("exclude").map(excluded -> !excluded);
          var budget = told.integer("max_tokens");
          var mode = mode(told.flag("enabled"), budget);
          var asked = new Reasoning(mode, Optional.empty(), budget, shown);
          return effort(told, "effort").map(effort -> with(effort, asked)).orElse(asked);
        });
  }

  private static Optional<Reasoning> qwen(Members body) {
    var budget = body.integer("thinking_budget");
    var enabled = body.flag("enable_thinking");
    return enabled.isEmpty() && budget.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reasoning(mode(enabled, budget), Optional.empty(), budget, Optional.empty()));
  }

  /// Google's own layer takes it in `google`, which the SDKs of OpenAI write there or, unmerged, in
  /// `extra_body`.
  private static Optional<Reasoning> google(Members body) {
    return body.object("extra_body")
        .flatMap(extra -> extra.object("google"))
        .or(() -> body.object("google"))
        .flatMap(google -> google.object("thinking_config"))
        .map(told -> {
          var budget = told.integer("thinking_budget");
          var mode =
              budget
                  .map(tokens -> tokens == 0 ? Mode.OFF : tokens < 0 ? Mode.ADAPTIVE : Mode.ON)
                  .orElse(Mode.UNSAID);
          var counted = budget.filter(tokens -> tokens > 0);
          var asked = new Reasoning(mode, Optional.empty(), counted, told.flag("include_thoughts"));
          return effort(told, "thinking_level").map(effort -> with(effort, asked)).orElse(asked);
        });
  }

  private static Mode mode(Optional<Boolean> enabled, Optional<Integer> budget) {
    return enabled
        .map(on -> on ? Mode.ON : Mode.OFF)
        .orElse(budget.isPresent() ? Mode.ON : Mode.UNSAID);
  }

  private static Reasoning with(Effort effort, Reasoning asked) {
    var mode = effort == Effort.NONE ? Mode.OFF : Mode.ON;
    return new Reasoning(mode, Optional.of(effort), asked.budget(), asked.shown());
  }

  /// `default` (Groq) and `auto` leave it to the model.
  private static Optional<Effort> effort(Members told, String name) {
    var word = told.text(name).map(text -> text.toUpperCase(Locale.ROOT));
    if (word.isEmpty() || word.get().equals("DEFAULT") || word.get().equals("AUTO")) {
      return Optional.empty();
    }
    var known = Arrays.stream(Effort.values()).filter(e -> e.name().equals(word.get())).findFirst();
    if (known.isEmpty()) {
      throw told.wrong(name, "must be none, minimal, low, medium, high, xhigh or max");
    }
    return known;
  }
}
