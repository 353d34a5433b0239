package io.onebalance.dialect.responses.answer;

import io.onebalance.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// The events of an answer in bytes, numbered from 0. Confined to one thread.
final class Narration {
  private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final boolean heard;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int number;

  private Narration(boolean heard) {
    this.heard = heard;
  }

  /// One whose events a client hears.
  static Narration aloud() {
    return new Narration(true);
  }

  /// One for an answer that is told as a whole, so nobody hears of its growing.
  static Narration silent() {
    return new Narration(false);
  }

  /// Tells of an event. JSON is written in one line, so it fits into one field.
  void tell(String type, ObjectNode members) {
    if (heard) {
      var event = Json.object().put("type", type).put("sequence_number", number++);
      event.setAll(members);
      bytes.writeBytes(("event: " + type).getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(DATA);
      bytes.writeBytes(Json.bytes(event));
      bytes.writeBytes(END);
    }
  }

  /// What was told since the last time.
  byte[] taken() {
    var taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
