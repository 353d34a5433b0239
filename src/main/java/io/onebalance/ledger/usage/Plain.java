package io.onebalance.ledger.usage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Passes over what is plain within a JSON string, eight bytes at a time: answers are mostly that.
final class Plain {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long NEWLINES = ONES * '\n';

  private Plain() {}

  /// Where to look on one by one: up to there is no quote, no backslash and no end of a line.
  static int end(byte[] bytes, int from, int to) {
    var at = from;
    while (at <= to - Long.BYTES && isPlain((long) LONGS.get(bytes, at))) {
      at += Long.BYTES;
    }
    return at;
  }

  private static boolean isPlain(long word) {
    return (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | zeros(word ^ NEWLINES)) == 0;
  }

  /// Marks zero bytes; none is marked where there are none.
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
