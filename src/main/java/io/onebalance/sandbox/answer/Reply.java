package io.onebalance.sandbox.answer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An answer before any fault: status, fields and the body in the pieces that a stream sends one
/// after the other.
///
/// @param streamed sent piece by piece and without a length; else whole
public record Reply(
    int status, Map<String, String> headers, List<byte[]> pieces, boolean streamed) {

  public Reply {
    headers = Map.copyOf(headers);
    pieces = List.copyOf(pieces);
  }

  public static Reply json(int status, String json) {
    return whole(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply whole(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("content-type", contentType), List.of(body), false);
  }

  public static Reply stream(String contentType, List<String> pieces) {
    var bytes = pieces.stream().map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();
    return new Reply(200, Map.of("content-type", contentType), bytes, true);
  }

  public Reply with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, pieces, streamed);
  }

  public Reply with(String name, String value) {
    return with(Map.of(name, value));
  }

  public Reply withStatus(int other) {
    return new Reply(other, headers, pieces, streamed);
  }

  public Reply withPieces(List<byte[]> others) {
    return new Reply(status, headers, others, streamed);
  }

  public byte[] body() {
    var body = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
    var at = 0;
    for (var piece : pieces) {
      System.arraycopy(piece, 0, body, at, piece.length);
      at += piece.length;
    }
    return body;
  }
}
