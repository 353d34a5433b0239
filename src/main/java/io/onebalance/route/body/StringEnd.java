package io.onebalance.route.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds what can end a JSON string, many bytes at a time: bodies are mostly strings.
final class StringEnd {
  private StringEnd() {}

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 4 * Long.BYTES;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  /// Where the first quote or backslash is at or after `from`, or at or behind `to` for none.
  static int quoteOrBackslash(byte[] bytes, int from, int to) {
    var i = behindPlain(bytes, from, to);
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

  /// Skips blocks of ASCII without either. What is no ASCII stops it as well, for a test of a few
  /// operations less: they are most of the time that a large body takes.
  private static int behindPlain(byte[] bytes, int from, int to) {
    var i = from;
    while (i <= to - BLOCK && isPlain(bytes, i)) {
      i += BLOCK;
    }
    return i;
  }

  private static boolean isPlain(byte[] bytes, int at) {
    var first = suspects((long) LONGS.get(bytes, at));
    var second = suspects((long) LONGS.get(bytes, at + Long.BYTES));
    var third = suspects((long) LONGS.get(bytes, at + 2 * Long.BYTES));
    var fourth = suspects((long) LONGS.get(bytes, at + 3 * Long.BYTES));
    return ((first | second | third | fourth) & HIGHS) == 0;
  }

  /// Has a high bit where one of the bytes is either or is no ASCII.
  private static long suspects(long word) {
    return (word ^ QUOTES) - ONES | (word ^ BACKSLASHES) - ONES | word;
  }

  /// Marks the lowest zero byte of a word exactly; marks above it may be false.
  private static long zeros(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
