package io.onebalance.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Events as bytes.
public final class Written {
  private static final byte[] DATA = "data: ".getBytes(UTF_8);

  private Written() {}

  /// An event with data only. Each line of the data gets a field of its own.
  public static byte[] data(String data) {
    return bytes(lines(data).append('\n'));
  }

  /// An event whose data is JSON, in which no line ends.
  public static byte[] json(byte[] json) {
    return joined(DATA, json);
  }

  /// The same with a type. Fails when the type is not one line.
  public static byte[] json(String type, byte[] json) {
    return joined(("event: " + oneLine(type) + "\ndata: ").getBytes(UTF_8), json);
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

  private static byte[] joined(byte[] head, byte[] data) {
    var all = Arrays.copyOf(head, head.length + data.length + 2);
    System.arraycopy(data, 0, all, head.length, data.length);
    all[all.length - 2] = '\n';
    all[all.length - 1] = '\n';
    return all;
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(UTF_8);
  }
}
