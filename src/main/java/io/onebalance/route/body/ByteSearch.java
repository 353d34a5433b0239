package io.onebalance.route.body;

import java.util.Arrays;

/// Finds a run of bytes by Horspool's method: it looks at about one byte in every pattern's length,
/// so files are stepped over fast.
final class ByteSearch {
  private final byte[] pattern;
  private final int[] shifts = new int[256];

  ByteSearch(byte[] pattern) {
    this.pattern = pattern;
    Arrays.fill(shifts, pattern.length);
    for (var i = 0; i < pattern.length - 1; i++) {
      shifts[pattern[i] & 0xFF] = pattern.length - 1 - i;
    }
  }

  int length() {
    return pattern.length;
  }

  /// Where the pattern begins at or after `from`, or −1.
  int in(byte[] bytes, int from) {
    var last = pattern.length - 1;
    for (var i = from; i + last < bytes.length; i += shifts[bytes[i + last] & 0xFF]) {
      if (bytes[i + last] == pattern[last] && startsWith(bytes, i, pattern)) {
        return i;
      }
    }
    return -1;
  }

  static boolean startsWith(byte[] bytes, int from, byte[] pattern) {
    return bytes.length - from >= pattern.length
        && Arrays.equals(bytes, from, from + pattern.length, pattern, 0, pattern.length);
  }
}
