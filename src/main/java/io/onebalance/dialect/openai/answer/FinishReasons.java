package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.FinishReason;
import java.util.Map;
import java.util.Set;

/// Finish reasons of the dialect. Providers add words of their own; what nobody knows is an end
/// like any other.
final class FinishReasons {
  private static final Map<String, FinishReason> READ =
      Map.ofEntries(
          Map.entry("stop", FinishReason.STOP),
          Map.entry("length", FinishReason.LENGTH),
          Map.entry("max_tokens", FinishReason.LENGTH),
          Map.entry("model_length", FinishReason.LENGTH), // Mistral
          Map.entry("tool_calls", FinishReason.TOOL_CALLS),
          Map.entry("function_call", FinishReason.TOOL_CALLS),
          Map.entry("content_filter", FinishReason.REFUSED),
          Map.entry("sensitive", FinishReason.REFUSED)); // GLM

  /// The provider broke off: OpenRouter's word, DeepSeek's, GLM's.
  private static final Set<String> BROKEN =
      Set.of("error", "insufficient_system_resource", "network_error");

  private FinishReasons() {}

  static boolean isBroken(String word) {
    return BROKEN.contains(word);
  }

  /// `called` and `refused` say what came before it: providers end calls with `stop` or with
  /// nothing, and OpenAI ends a refusal with `stop`.
  static FinishReason read(String word, boolean called, boolean refused) {
    var read = READ.getOrDefault(word, FinishReason.STOP);
    return switch (read) {
      case LENGTH, REFUSED -> read;
      case STOP, TOOL_CALLS, STOP_SEQUENCE, PAUSED, MALFORMED ->
          called ? FinishReason.TOOL_CALLS : refused ? FinishReason.REFUSED : FinishReason.STOP;
    };
  }

  /// The other way; a refusal that was told as one ends with `stop`, as at OpenAI.
  static String write(FinishReason reason, boolean called, boolean refused) {
    return switch (reason) {
      case LENGTH -> "length";
      case REFUSED -> refused ? "stop" : "content_filter";
      case STOP, TOOL_CALLS, STOP_SEQUENCE, PAUSED, MALFORMED -> called ? "tool_calls" : "stop";
    };
  }
}
