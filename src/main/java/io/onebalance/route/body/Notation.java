package io.onebalance.route.body;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// How a value is written where it stands.
public enum Notation {
  JSON,
  PLAIN,
  FORM;

  /// The bytes of a value in this notation, without any quotes around it.
  public byte[] write(String value) {
    return switch (this) {
      case JSON -> jsonEscaped(value).getBytes(StandardCharsets.UTF_8);
      case PLAIN -> value.getBytes(StandardCharsets.UTF_8);
      case FORM ->
          URLEncoder.encode(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII);
    };
  }

  private static String jsonEscaped(String value) {
    var text = new StringBuilder(value.length());
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
