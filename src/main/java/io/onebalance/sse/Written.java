package io.onebalance.sse;

import java.nio.charset.StandardCharsets;

/// Events as bytes.
public final class Written {
  private Written() {}

  /// An event with data only. Each line of the data gets a field of its own.
  public static byte[] data(String data) {
    return bytes(lines(data).append('\n'));
  }

  /// An event with a type. Fails when the type is not one line.
  public static byte[] event(String type, String data) {
    return bytes(
        new StringBuilder("event: ")
            .append(oneLine(type))
            .append('\n')
            .append(lines(data))
            .append('\n'));
  }

  /// A comment, which readers pass over: it shows that we are still there.
  public static byte[] comment(String text) {
    return bytes(new StringBuilder(": ").append(oneLine(text)).append("\n\n"));
  }

  private static StringBuilder lines(String data) {
    var text = new StringBuilder(data.length() + 16);
    if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
      return text.append("data: ").append(data).append('\n');
    }
    for (var line : data.split("\r\n|\r|\n", -1)) {
      text.append("data: ").append(line).append('\n');
    }
    return text;
  }

  private static String oneLine(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a type or a comment of an event is one line");
    }
    return text;
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
