package io.onebalance.ledger.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts that come again and again: names of keys, models and verdicts. Entries that are read share
/// them, so that many take little memory and whoever adds them up finds them in its caches. For one
/// thread.
final class Words {
  /// A power of two; of two words with the same place the later one is kept.
  private static final int PLACES = 4096;

  private static final byte[] NOTHING = {};

  private final byte[][] packed = new byte[PLACES][];
  private final @Nullable String[] words = new String[PLACES];

  Words() {
    Arrays.fill(packed, NOTHING);
  }

  /// The word that these bytes are.
  String at(byte[] bytes, int from, int to) {
    var hash = 0;
    for (var i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    var place = (hash ^ hash >>> 12) & (PLACES - 1);
    var known = words[place];
    if (known != null && Arrays.equals(packed[place], 0, packed[place].length, bytes, from, to)) {
      return known;
    }
    var word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    packed[place] = Arrays.copyOfRange(bytes, from, to);
    words[place] = word;
    return word;
  }
}
