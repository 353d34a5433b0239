package io.onebalance.relay.exchange;

import io.onebalance.route.ErrorShape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// A refusal in the words that the client's SDK understands.
public final class RefusalText {
  private RefusalText() {}

  public static String of(Refusal refusal, ErrorShape shape, String requestId) {
    return switch (shape) {
      case OPENAI -> openAi(refusal).encode();
      case ANTHROPIC -> anthropic(refusal, requestId).encode();
      case GOOGLE -> google(refusal).encode();
      case GOOGLE_ARRAY -> new JsonArray().add(google(refusal)).encode();
    };
  }

  /// The refusal as the last event of a stream. The blank line before it ends an event that was
  /// cut.
  public static String event(Refusal refusal, ErrorShape shape, String requestId) {
    var name = shape == ErrorShape.ANTHROPIC ? "event: error\n" : "";
    var alone = shape == ErrorShape.GOOGLE_ARRAY ? ErrorShape.GOOGLE : shape;
    return "\n\n" + name + "data: " + of(refusal, alone, requestId) + "\n\n";
  }

  /// OpenAI's shape: `error.code` is what SDKs show, `type` its family.
  private static JsonObject openAi(Refusal refusal) {
    var type = refusal.status() < 500 ? "invalid_request_error" : "server_error";
    return new JsonObject()
        .put(
            "error",
            new JsonObject()
                .put("message", refusal.message())
                .put("type", refusal.status() == 429 ? "rate_limit_error" : type)
                .put("param", null)
                .put("code", refusal.code()));
  }

  /// Anthropic's shape: `error.type` follows the status, as its SDKs expect.
  private static JsonObject anthropic(Refusal refusal, String requestId) {
    var type =
        switch (refusal.status()) {
          case 400 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 403 -> "permission_error";
          case 404, 405 -> "not_found_error";
          case 413 -> "request_too_large";
          case 429 -> "rate_limit_error";
          case 503, 529 -> "overloaded_error";
          case 504 -> "timeout_error";
          default -> "api_error"; // a status is an open number; all others are the server's trouble
        };
    return new JsonObject()
        .put("type", "error")
        .put(
            "error",
            new JsonObject()
                .put("type", type)
                .put("message", refusal.message())
                .put("code", refusal.code()))
        .put("request_id", requestId);
  }

  /// Google's shape: the canonical status, and the code as an ErrorInfo's reason.
  private static JsonObject google(Refusal refusal) {
    var status =
        switch (refusal.status()) {
          case 400, 405, 413 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 403 -> "PERMISSION_DENIED";
          case 404 -> "NOT_FOUND";
          case 408, 504 -> "DEADLINE_EXCEEDED";
          case 429 -> "RESOURCE_EXHAUSTED";
          case 502, 503, 529 -> "UNAVAILABLE";
          default -> "INTERNAL"; // a status is an open number; all others are the server's trouble
        };
    var reason =
        new JsonObject()
            .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
            .put("reason", refusal.code())
            .put("domain", "one-balance");
    return new JsonObject()
        .put(
            "error",
            new JsonObject()
                .put("code", refusal.status())
                .put("message", refusal.message())
                .put("status", status)
                .put("details", new JsonArray().add(reason)));
  }
}
