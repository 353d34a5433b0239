package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.Failure.Kind;
import io.onebalance.dialect.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Errors in the middle of an answer. What the provider says of one is not repeated, since it may
/// name a key or a project; its status is.
final class Failures {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "RESOURCE_EXHAUSTED", Kind.LIMITED,
          "UNAVAILABLE", Kind.OVERLOADED,
          "INVALID_ARGUMENT", Kind.INVALID,
          "FAILED_PRECONDITION", Kind.INVALID,
          "OUT_OF_RANGE", Kind.INVALID,
          "NOT_FOUND", Kind.INVALID);

  private Failures() {}

  static Failure read(JsonNode error) {
    var status = status(error);
    var kind = KINDS.getOrDefault(status, Kind.BROKEN);
    return new Failure(
        kind,
        status.isEmpty()
            ? "The provider broke off its answer."
            : "The provider broke off its answer: " + status + ".");
  }

  static ObjectNode written(Failure failure) {
    var error = Json.object();
    error
        .putObject("error")
        .put("code", code(failure.kind()))
        .put("message", failure.message())
        .put("status", status(failure.kind()));
    return error;
  }

  private static String status(JsonNode error) {
    var status = error.path("status").asString("");
    if (status.matches("[A-Z_]{1,40}")) {
      return status;
    }
    return switch (error.path("code").asInt(0)) {
      case 400 -> "INVALID_ARGUMENT";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      // Others say nothing that a client could act on.
      default -> "";
    };
  }

  private static int code(Kind kind) {
    return switch (kind) {
      case OVERLOADED -> 503;
      case LIMITED -> 429;
      case INVALID -> 400;
      case BROKEN -> 500;
    };
  }

  private static String status(Kind kind) {
    return switch (kind) {
      case OVERLOADED -> "UNAVAILABLE";
      case LIMITED -> "RESOURCE_EXHAUSTED";
      case INVALID -> "INVALID_ARGUMENT";
      case BROKEN -> "INTERNAL";
    };
  }
}
