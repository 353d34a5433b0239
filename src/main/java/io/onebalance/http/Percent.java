package io.onebalance.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent-encoding, decoded once and strictly: a broken escape or broken UTF-8 has no meaning.
public final class Percent {
  private Percent() {}

  /// The text meant, or nothing where it has no meaning.
  public static Optional<String> decode(String text) {
    return text.indexOf('%') < 0
        ? Optional.of(text)
        : decode(text.getBytes(StandardCharsets.UTF_8), 0, text.length(), false);
  }

  /// Decodes a range of bytes; with `form` a plus is a space.
  public static Optional<String> decode(byte[] bytes, int from, int to, boolean form) {
    var plain = new byte[to - from];
    var length = 0;
    for (var i = from; i < to; i++) {
      int value = bytes[i];
      if (value == '%') {
        value = i + 2 < to ? escape(bytes[i + 1], bytes[i + 2]) : -1;
        if (value < 0) {
          return Optional.empty();
        }
        i += 2;
      } else if (form && value == '+') {
        value = ' ';
      }
      plain[length++] = (byte) value;
    }
    return utf8(plain, 0, length);
  }

  private static int escape(byte high, byte low) {
    var a = Character.digit(high, 16);
    var b = Character.digit(low, 16);
    return a < 0 || b < 0 ? -1 : a << 4 | b;
  }

  /// The text of a range of bytes, or nothing when it is not UTF-8.
  public static Optional<String> utf8(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return Optional.of(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString());
    } catch (CharacterCodingException broken) {
      return Optional.empty();
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (var i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
