package io.onebalance.sandbox.answer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came over the wire.
///
/// @param number 1 for the first request of the sandbox
/// @param target path and query, byte for byte
/// @param headers in the order of the wire, names as written
/// @param body its first bytes, up to what the sandbox keeps
/// @param length how long the body was
public record Heard(
    long number,
    Instant at,
    String method,
    String target,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    long length) {

  public Heard {
    headers = List.copyOf(headers);
  }

  public String path() {
    var mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /// What follows the `?`, or nothing.
  public String query() {
    var mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /// The first field of this name, without regard to case.
  public @Nullable String header(String name) {
    for (var field : headers) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return null;
  }

  public String header(String name, String otherwise) {
    var value = header(name);
    return value == null ? otherwise : value;
  }

  /// All fields of this name.
  public List<String> all(String name) {
    return headers.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public String toString() {
    return "#" + number + " " + method + " " + path();
  }
}
