package io.onebalance.console.json;

import io.onebalance.console.web.Answers;
import io.onebalance.server.Reply;

/// Refusals of the key API, in the error shape of OpenAI.
public final class ErrorJson {
  private ErrorJson() {}

  public static Reply.Whole of(int status, String code, String message) {
    var json = Json.MAPPER.createObjectNode();
    json.putObject("error")
        .put("message", message)
        .put("type", type(status))
        .putNull("param")
        .put("code", code);
    return Answers.json(status, json.toString());
  }

  private static String type(int status) {
    if (status >= 500) {
      return "server_error";
    }
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      // Statuses are an open list of numbers; what is left is the client's mistake.
      default -> "invalid_request_error";
    };
  }
}
