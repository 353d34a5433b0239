package io.onebalance.dialect.gemini.asked;

import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.gemini.schema.LegacySchema;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads `generationConfig`.
final class ConfigReader {
  static final Set<String> KNOWN =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "candidateCount",
          "maxOutputTokens",
          "stopSequences",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseLogprobs",
          "logprobs",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "thinkingConfig");

  private ConfigReader() {}

  static Sampling sampling(Proto config) {
    return new Sampling(
        config.number("temperature"),
        config.number("topP"),
        config.integer("topK"),
        config.large("seed"),
        config.number("presencePenalty"),
        config.number("frequencyPenalty"),
        config.isTrue("responseLogprobs")
            ? Optional.of(config.integer("logprobs").orElse(0))
            : Optional.empty());
  }

  static Limits limits(Proto config) {
    var choices = config.integer("candidateCount").orElse(1);
    if (choices < 1) {
      throw config.wrong("candidateCount", "must be at least 1");
    }
    return new Limits(config.integer("maxOutputTokens"), config.texts("stopSequences"), choices);
  }

  static Reasoning reasoning(Proto config) {
    return config.object("thinkingConfig").map(ConfigReader::thinking).orElse(Reasoning.UNSAID);
  }

  private static Reasoning thinking(Proto said) {
    var budget = said.integer("thinkingBudget");
    var effort = said.text("thinkingLevel").flatMap(level -> effort(said, level));
    var mode =
        budget
            .map(tokens -> tokens == 0 ? Mode.OFF : tokens < 0 ? Mode.ADAPTIVE : Mode.ON)
            .orElse(effort.isPresent() ? Mode.ON : Mode.UNSAID);
    return new Reasoning(
        mode, effort, budget.filter(tokens -> tokens > 0), said.flag("includeThoughts"));
  }

  private static Optional<Effort> effort(Proto said, String level) {
    return switch (level.toUpperCase(Locale.ROOT)) {
      case "THINKING_LEVEL_UNSPECIFIED" -> Optional.empty();
      case "MINIMAL" -> Optional.of(Effort.MINIMAL);
      case "LOW" -> Optional.of(Effort.LOW);
      case "MEDIUM" -> Optional.of(Effort.MEDIUM);
      case "HIGH" -> Optional.of(Effort.HIGH);
      case "XHIGH" -> Optional.of(Effort.XHIGH);
      default -> throw said.wrong("thinkingLevel", "must be MINIMAL, LOW, MEDIUM or HIGH");
    };
  }

  static OutputFormat format(Proto config) {
    var type = config.text("responseMimeType").orElse("");
    if (!type.equals("application/json")) {
      return new OutputFormat.Text();
    }
    var schema =
        config
            .raw("responseJsonSchema")
            .or(() -> config.raw("responseSchema").map(LegacySchema::read));
    return schema
        .<OutputFormat>map(
            form -> new OutputFormat.Schema("response", Optional.empty(), form, false))
        .orElseGet(OutputFormat.Json::new);
  }
}
