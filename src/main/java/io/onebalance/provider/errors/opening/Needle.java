package io.onebalance.provider.errors.opening;

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
    return indexIn(bytes) >= 0;
  }

  /// Where the text begins first, or −1.
  int indexIn(byte[] bytes) {
    var last = text.length - 1;
    var end = text[last];
    for (var at = last; at < bytes.length; at += shift[bytes[at] & 0xff]) {
      if (bytes[at] == end && isAt(bytes, at - last)) {
        return at - last;
      }
    }
    return -1;
  }

  int length() {
    return text.length;
  }

  /// Whether the text stands here; `at` may be anywhere.
  boolean isAt(byte[] bytes, int at) {
    return at + text.length <= bytes.length
        && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }
}
