package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.FinishReason;
import java.util.Map;

/// Why an answer ended, in Gemini's words.
final class FinishReasons {
  private static final Map<String, FinishReason> READ =
      Map.ofEntries(
          Map.entry("STOP", FinishReason.STOP),
          Map.entry("MAX_TOKENS", FinishReason.LENGTH),
          Map.entry("CONTINUATION", FinishReason.LENGTH),
          Map.entry("SAFETY", FinishReason.REFUSED),
          Map.entry("RECITATION", FinishReason.REFUSED),
          Map.entry("BLOCKLIST", FinishReason.REFUSED),
          Map.entry("PROHIBITED_CONTENT", FinishReason.REFUSED),
          Map.entry("SPII", FinishReason.REFUSED),
          Map.entry("LANGUAGE", FinishReason.REFUSED),
          Map.entry("IMAGE_SAFETY", FinishReason.REFUSED),
          Map.entry("IMAGE_PROHIBITED_CONTENT", FinishReason.REFUSED),
          Map.entry("IMAGE_RECITATION", FinishReason.REFUSED),
          Map.entry("MALFORMED_FUNCTION_CALL", FinishReason.MALFORMED),
          Map.entry("UNEXPECTED_TOOL_CALL", FinishReason.MALFORMED),
          Map.entry("TOO_MANY_TOOL_CALLS", FinishReason.MALFORMED),
          Map.entry("MALFORMED_RESPONSE", FinishReason.MALFORMED));

  private FinishReasons() {}

  /// What is not known ended somehow, and calls that came are waited for unless the answer was cut
  /// or refused.
  static FinishReason read(String written, boolean calls) {
    var reason = READ.getOrDefault(written, FinishReason.STOP);
    return switch (reason) {
      case LENGTH, REFUSED -> reason;
      case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED, MALFORMED ->
          calls ? FinishReason.TOOL_CALLS : reason;
    };
  }

  static String written(FinishReason reason) {
    return switch (reason) {
      case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case REFUSED -> "SAFETY";
      case MALFORMED -> "MALFORMED_FUNCTION_CALL";
    };
  }
}
