package io.onebalance.provider.errors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text that is looked for in bytes, by Horspool's method: most bytes are never read, so that a
/// good answer costs a fraction of a microsecond.
final class Needle {
  private final byte[] text;
  private final int[] shift = new int[256];

  Needle(String ascii) {
    text = ascii.getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(shift, text.length);
    for (var i = 0; i < text.length - 1; i++) {
      shift[text[i] & 0xff] = text.length - 1 - i;
    }
  }

  boolean isIn(byte[] bytes) {
    var last = text.length - 1;
    var end = text[last];
    for (var at = last; at < bytes.length; at += shift[bytes[at] & 0xff]) {
      if (bytes[at] == end && isAt(bytes, at - last)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }
}
