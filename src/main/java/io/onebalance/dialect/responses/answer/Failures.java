package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.answer.Failure;
import io.onebalance.dialect.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Failed answers, by OpenAI's codes.
///
/// Codex sends a request again after any code but a few; after `server_is_overloaded` and
/// `insufficient_quota` it gives up, so neither is ever written for what will pass.
final class Failures {
  private static final Map<String, Failure.Kind> KINDS =
      Map.ofEntries(
          Map.entry("rate_limit_exceeded", Failure.Kind.LIMITED),
          Map.entry("rate_limit_error", Failure.Kind.LIMITED),
          Map.entry("insufficient_quota", Failure.Kind.LIMITED),
          Map.entry("usage_limit_reached", Failure.Kind.LIMITED),
          Map.entry("server_is_overloaded", Failure.Kind.OVERLOADED),
          Map.entry("slow_down", Failure.Kind.OVERLOADED),
          Map.entry("overloaded", Failure.Kind.OVERLOADED),
          Map.entry("invalid_prompt", Failure.Kind.INVALID),
          Map.entry("invalid_request_error", Failure.Kind.INVALID),
          Map.entry("context_length_exceeded", Failure.Kind.INVALID),
          Map.entry("image_content_policy_violation", Failure.Kind.INVALID),
          Map.entry("invalid_image", Failure.Kind.INVALID),
          Map.entry("invalid_encrypted_content", Failure.Kind.INVALID));

  private Failures() {}

  /// What an error object of a provider says. An open set: an unknown code is a broken answer.
  static Failure read(JsonNode error) {
    var code = error.path("code").asString("");
    var type = error.path("type").asString("");
    var kind = KINDS.getOrDefault(code, KINDS.getOrDefault(type, Failure.Kind.BROKEN));
    var message = error.path("message").asString("");
    return new Failure(kind, message.isEmpty() ? "The provider failed to answer." : message);
  }

  static JsonNode written(Failure failure) {
    return Json.object().put("code", code(failure.kind())).put("message", failure.message());
  }

  private static String code(Failure.Kind kind) {
    return switch (kind) {
      case OVERLOADED, BROKEN -> "server_error";
      case LIMITED -> "rate_limit_exceeded";
      case INVALID -> "invalid_prompt";
    };
  }
}
