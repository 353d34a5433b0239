package io.onebalance.route.body;

import java.util.Set;

/// A few member names to look out for, with a test that rules most others out by their length and
/// first letter, before any text is made of them.
public final class Words {
  private final Set<String> words;
  private final int longest;

  /// By first letter, one bit for each length that a word with it has.
  private final long[] lengths = new long[Byte.MAX_VALUE + 1];

  /// Words of printable ASCII, at most 63 letters each.
  public Words(Set<String> words) {
    this.words = Set.copyOf(words);
    this.longest = words.stream().mapToInt(String::length).max().orElse(0);
    if (longest >= Long.SIZE) {
      throw new IllegalArgumentException("a word has at most 63 letters");
    }
    words.forEach(word -> lengths[word.charAt(0)] |= 1L << word.length());
  }

  int longest() {
    return longest;
  }

  boolean has(String word) {
    return words.contains(word);
  }

  boolean mayHave(int length, int first) {
    return length <= longest && first >= 0 && (lengths[first] & 1L << length) != 0;
  }
}
