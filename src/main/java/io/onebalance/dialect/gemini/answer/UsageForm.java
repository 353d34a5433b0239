package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `usageMetadata`, which counts thoughts beside the answer and not in it. What was read from a
/// cache is in the prompt.
final class UsageForm {
  private UsageForm() {}

  static Usage read(JsonNode told) {
    var thought = count(told, "thoughtsTokenCount");
    return new Usage(
        count(told, "promptTokenCount") + count(told, "toolUsePromptTokenCount"),
        count(told, "cachedContentTokenCount"),
        0,
        count(told, "candidatesTokenCount") + thought,
        thought);
  }

  static ObjectNode written(Usage usage) {
    var written =
        Json.object()
            .put("promptTokenCount", usage.input())
            .put("candidatesTokenCount", usage.output() - usage.reasoning())
            .put("totalTokenCount", usage.total());
    if (usage.cached() > 0) {
      written.put("cachedContentTokenCount", usage.cached());
    }
    if (usage.reasoning() > 0) {
      written.put("thoughtsTokenCount", usage.reasoning());
    }
    return written;
  }

  private static long count(JsonNode told, String name) {
    return Math.max(0, told.path(name).asLong(0));
  }
}
