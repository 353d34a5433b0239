package io.onebalance.dialect.anthropic.asked;

import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.dialect.json.Members;
import java.util.Optional;

/// Reads how much a client wants thought: `thinking`, and `effort` of `output_config`. Claude does
/// not think where neither is there.
final class ReasoningReader {
  private ReasoningReader() {}

  static Reasoning read(Members body) {
    var thinking = body.object("thinking");
    var effort = body.object("output_config").flatMap(ReasoningReader::effort);
    return new Reasoning(
        thinking.map(ReasoningReader::mode).orElse(effort.isPresent() ? Mode.UNSAID : Mode.UNASKED),
        effort,
        thinking.flatMap(said -> said.integer("budget_tokens")),
        thinking.flatMap(ReasoningReader::shown));
  }

  private static Mode mode(Members thinking) {
    return switch (thinking.needed("type")) {
      case "enabled" -> Mode.ON;
      case "disabled" -> Mode.OFF;
      case "adaptive" -> Mode.ADAPTIVE;
      default -> throw thinking.wrong("type", "must be enabled, disabled or adaptive");
    };
  }

  private static Optional<Boolean> shown(Members thinking) {
    return thinking
        .text("display")
        .map(display ->
            switch (display) {
              case "summarized" -> true;
              case "omitted" -> false;
              default -> throw thinking.wrong("display", "must be summarized or omitted");
            });
  }

  private static Optional<Effort> effort(Members config) {
    return config
        .text("effort")
        .map(effort ->
            switch (effort) {
              case "low" -> Effort.LOW;
              case "medium" -> Effort.MEDIUM;
              case "high" -> Effort.HIGH;
              case "xhigh" -> Effort.XHIGH;
              case "max" -> Effort.MAX;
              default -> throw config.wrong("effort", "must be low, medium, high, xhigh or max");
            });
  }
}
