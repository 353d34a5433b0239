package io.onebalance.provider.errors.opening;

import io.onebalance.provider.errors.rule.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Whether Gemini answered without saying anything, which it now and then does: candidates without
/// content that ended with STOP or with no reason. A refusal, a blocked prompt or a used-up token
/// limit are answers.
final class GeminiSilence {
  private static final Set<String> PLAIN_ENDS = Set.of("", "STOP", "FINISH_REASON_UNSPECIFIED");

  private GeminiSilence() {}

  /// A first look at the beginning of an answer: false is certain.
  static boolean isPossible(String text) {
    var isWordless = text.contains("\"text\":\"\"") || text.contains("\"text\": \"\"");
    return (isWordless || !text.contains("\"parts\""))
        && (text.contains("\"candidates\"") || text.contains("\"modelVersion\""));
  }

  /// Whether these documents say nothing, and nothing can follow them.
  static boolean isIn(List<JsonNode> documents, boolean complete) {
    var generated = false;
    var ended = complete;
    for (var document : documents) {
      generated |= document.has("candidates") || document.has("modelVersion");
      if (document.has("promptFeedback")) {
        return false;
      }
      for (var candidate : document.path("candidates")) {
        var end = Json.text(candidate.path("finishReason"));
        if (!PLAIN_ENDS.contains(end) || hasContent(candidate)) {
          return false;
        }
        ended |= end.equals("STOP");
      }
    }
    return generated && ended;
  }

  private static boolean hasContent(JsonNode candidate) {
    for (var part : candidate.path("content").path("parts")) {
      var isText = part.has("text") || part.isEmpty();
      if (!isText || !Json.text(part.path("text")).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
