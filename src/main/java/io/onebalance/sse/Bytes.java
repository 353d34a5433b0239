package io.onebalance.sse;

import java.util.Arrays;

/// Bytes that gather up to a limit; what comes beyond it is only noted.
final class Bytes {
  private static final int USUAL = 256;

  /// A larger array is let go once what stood in it was read: few events are long.
  private static final int KEPT = 64 << 10;

  private final int limit;
  private byte[] bytes = new byte[USUAL];
  private int length;
  private boolean over;

  Bytes(int limit) {
    this.limit = limit;
  }

  void add(byte[] from, int start, int end) {
    var fitting = Math.min(end - start, limit - length);
    over |= fitting < end - start;
    if (length + fitting > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * (length + fitting), 0, limit));
    }
    System.arraycopy(from, start, bytes, length, fitting);
    length += fitting;
  }

  void add(char c) {
    add(new byte[] {(byte) c}, 0, 1);
  }

  void clear() {
    length = 0;
    over = false;
    if (bytes.length > KEPT) {
      bytes = new byte[USUAL];
    }
  }

  int length() {
    return length;
  }

  boolean over() {
    return over;
  }

  byte[] array() {
    return bytes;
  }

  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
