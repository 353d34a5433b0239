package io.onebalance.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A request or an answer as it came over the wire. `start` is its first line; `whole` tells that
/// its body ended as its framing said, not with the connection.
public record Message(String start, List<Field> fields, byte[] body, boolean whole) {
  /// One header field, as written.
  public record Field(String name, String value) {}

  public int status() {
    return Integer.parseInt(start.split(" ", -1)[1]);
  }

  /// The values under this name, joined by `, `; empty where there is none.
  public String field(String name) {
    return String.join(", ", all(name));
  }

  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /// Of a request, path and query byte for byte.
  public String target() {
    return start.split(" ", -1)[1];
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// All of it, to look for what must not be in it.
  public String everything() {
    return start + "\n" + fields + "\n" + text();
  }
}
