package io.onebalance;

import io.vertx.core.buffer.Buffer;

/// The answers of a [FaultyUpstream] on the wire, and what a client must hear of the good ones.
final class FaultAnswer {
  private static final int EVENTS = 12;

  private FaultAnswer() {}

  /// The body of the whole and right answer.
  static String right(int request, boolean streamed) {
    if (!streamed) {
      return "{\"id\":\"r%d\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
          .formatted(request, ("answer of r" + request + " ").repeat(20));
    }
    var events = new StringBuilder();
    for (var i = 0; i < EVENTS; i++) {
      events.append(
          "data: {\"id\":\"r%d\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word %d of r%d\"},\"finish_reason\":null}]}\n\n"
              .formatted(request, i, request));
    }
    return events.append("data: [DONE]\n\n").toString();
  }

  static Buffer unary(int request) {
    return refusal(200, "", right(request, false));
  }

  /// In chunks of one event each.
  static Buffer streamed(int request) {
    var bytes =
        Buffer.buffer(
            "HTTP/1.1 200 OK\r\n"
                + "content-type: text/event-stream\r\n"
                + "transfer-encoding: chunked\r\n\r\n");
    for (var event : right(request, true).split("(?<=\n\n)", -1)) {
      if (!event.isEmpty()) {
        bytes.appendString(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
      }
    }
    return bytes.appendString("0\r\n\r\n");
  }

  static String error(String message, String code) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\"}}"
        .formatted(message, code, code);
  }

  /// Any JSON answer of told length.
  static Buffer refusal(int status, String fields, String body) {
    return Buffer.buffer(
        "HTTP/1.1 %d X\r\ncontent-type: application/json\r\n%scontent-length: %d\r\n\r\n%s"
            .formatted(status, fields, body.length(), body));
  }
}
