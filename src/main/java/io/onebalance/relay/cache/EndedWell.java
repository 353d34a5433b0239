package io.onebalance.relay.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an answer with status 200 says what was asked for, to its end. A stream that its
/// provider closed in the middle, or that tells of an error, came through whole as well.
final class EndedWell {
  /// How streams of the dialects say that they are complete. Within a JSON text the quotes would be
  /// escaped.
  private static final List<String> ENDS =
      List.of(
          "data: [DONE]",
          "data:[DONE]",
          "\"message_stop\"",
          "\"response.completed\"",
          "\"finishReason\":");

  private static final List<String> ERRORS =
      List.of(
          "event: error",
          "event:error",
          "data: {\"error\"",
          "data:{\"error\"",
          "data: {\"type\":\"error\"",
          "event: response.failed");

  private EndedWell() {}

  static boolean is(@Nullable String type, byte[] body) {
    if (type == null) {
      return false;
    }
    if (type.startsWith("application/json")) {
      return body[0] == '{' || body[0] == '[';
    }
    if (!type.startsWith("text/event-stream")) {
      return false;
    }
    var text = new String(body, StandardCharsets.ISO_8859_1);
    return ENDS.stream().anyMatch(text::contains)
        && text.lines().noneMatch(line -> ERRORS.stream().anyMatch(line::startsWith));
  }
}
