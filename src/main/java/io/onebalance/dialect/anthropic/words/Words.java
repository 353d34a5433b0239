package io.onebalance.dialect.anthropic.words;

import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What this dialect calls the ends of an answer, its usage and its failures.
public final class Words {
  private Words() {}

  public static String stopReason(FinishReason reason) {
    return switch (reason) {
      case STOP, MALFORMED -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case REFUSED -> "refusal";
      case PAUSED -> "pause_turn";
    };
  }

  /// A word that is not known counts as the plain end: vendors add some.
  public static FinishReason reason(String stopReason) {
    return switch (stopReason) {
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.REFUSED;
      case "pause_turn" -> FinishReason.PAUSED;
      default -> FinishReason.STOP;
    };
  }

  /// The reason as it must be, seeing what came: a client goes on only where it is told of its
  /// calls, and waits in vain where there are none.
  public static FinishReason mended(FinishReason reason, boolean calls) {
    return switch (reason) {
      case LENGTH, REFUSED -> reason;
      case STOP, STOP_SEQUENCE, PAUSED, MALFORMED -> calls ? FinishReason.TOOL_CALLS : reason;
      case TOOL_CALLS -> calls ? reason : FinishReason.STOP;
    };
  }

  public static String errorType(Failure.Kind kind) {
    return switch (kind) {
      case OVERLOADED -> "overloaded_error";
      case LIMITED -> "rate_limit_error";
      case INVALID -> "invalid_request_error";
      case BROKEN -> "api_error";
    };
  }

  /// What a failure in the middle of an answer was. What says something of our own key or account
  /// is nothing for a client.
  public static Failure failure(String errorType, String told) {
    var message = told.isBlank() ? "the provider failed in the middle of its answer" : told;
    return switch (errorType) {
      case "overloaded_error" -> new Failure(Failure.Kind.OVERLOADED, message);
      case "rate_limit_error" -> new Failure(Failure.Kind.LIMITED, message);
      case "invalid_request_error", "request_too_large", "not_found_error" ->
          new Failure(Failure.Kind.INVALID, message);
      case "authentication_error", "permission_error", "billing_error" ->
          new Failure(Failure.Kind.BROKEN, "the provider refused to go on");
      default -> new Failure(Failure.Kind.BROKEN, message); // an api_error, or one that is new
    };
  }

  /// The input without what was read from a cache or written to one, which this dialect tells
  /// apart.
  public static ObjectNode usage(Usage usage) {
    var written =
        Json.object()
            .put("input_tokens", Math.max(0, usage.input() - usage.cached() - usage.cacheWritten()))
            .put("cache_creation_input_tokens", usage.cacheWritten())
            .put("cache_read_input_tokens", usage.cached())
            .put("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      written.putObject("output_tokens_details").put("thinking_tokens", usage.reasoning());
    }
    return written;
  }
}
