package io.onebalance.console.web;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding, read strictly: a broken escape or bytes that are not UTF-8 are refused, never
/// replaced.
public final class Percent {
  private Percent() {}

  /// The text behind an encoded one. In forms and queries a plus stands for a space.
  public static String decode(String text, boolean plusIsSpace) {
    var bytes = new ByteArrayOutputStream(text.length());
    var raw = text.getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
        i += 2;
      } else {
        bytes.write(raw[i] == '+' && plusIsSpace ? ' ' : raw[i]);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// The text as it stands in a query or a path segment.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Bytes that must be UTF-8.
  public static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw Refusal.invalid("the text is not valid UTF-8");
    }
  }

  private static int hex(byte[] raw, int at) {
    var digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw Refusal.invalid("a percent sign is not followed by two hexadecimal digits");
    }
    return digit;
  }
}
