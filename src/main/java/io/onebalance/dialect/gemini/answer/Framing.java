package io.onebalance.dialect.gemini.answer;

import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Written;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// How the pieces of a stream stand one after the other. Confined to one thread.
sealed interface Framing {
  String contentType();

  byte[] piece(ObjectNode piece);

  /// The last piece of an answer that is whole.
  byte[] last(ObjectNode piece);

  /// As server-sent events.
  record Events() implements Framing {
    @Override
    public String contentType() {
      return StreamWriter.EVENTS;
    }

    @Override
    public byte[] piece(ObjectNode piece) {
      return Written.json(Json.bytes(piece));
    }

    @Override
    public byte[] last(ObjectNode piece) {
      return piece(piece);
    }
  }

  /// As the elements of a JSON array, set apart as Google does.
  final class Array implements Framing {
    private boolean begun;

    @Override
    public String contentType() {
      return "application/json; charset=UTF-8";
    }

    @Override
    public byte[] piece(ObjectNode piece) {
      return element(piece, "");
    }

    @Override
    public byte[] last(ObjectNode piece) {
      return element(piece, "\r\n]");
    }

    private byte[] element(ObjectNode piece, String after) {
      var element = new ByteArrayOutputStream();
      element.writeBytes((begun ? ",\r\n" : "[").getBytes(StandardCharsets.UTF_8));
      element.writeBytes(Json.bytes(piece));
      element.writeBytes(after.getBytes(StandardCharsets.UTF_8));
      begun = true;
      return element.toByteArray();
    }
  }
}
