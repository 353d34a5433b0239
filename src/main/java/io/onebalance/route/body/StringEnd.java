package io.onebalance.route.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds what can end a JSON string, eight bytes at a time: bodies are mostly strings.
final class StringEnd {
  private StringEnd() {}

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  /// Where the first quote or backslash is at or after `from`, or at or behind `to` for none.
  static int quoteOrBackslash(byte[] bytes, int from, int to) {
    var i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      var word = (long) LONGS.get(bytes, i);
      var found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >> 3);
      }
    }
    while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  /// Marks the lowest zero byte of a word exactly; marks above it may be false.
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
