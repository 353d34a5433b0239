package io.onebalance.dialect.anthropic.asking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Words that all differ: one that is taken already gets a number. Clients choose the words, so
/// many that are alike must cost no more than others. Confined to one thread.
final class Distinct {
  private static final int NUMBERED = 8;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int longest;

  /// `longest` is how many characters a word may have.
  Distinct(int longest) {
    this.longest = longest;
  }

  /// This word, or the like of it where it is taken.
  String of(String wanted) {
    var word = cut(wanted, longest);
    var free = word;
    while (!taken.add(free)) {
      var stem = cut(word, longest - NUMBERED);
      free = stem + "_" + (numbers.merge(stem, 1, Integer::sum) + 1);
    }
    return free;
  }

  private static String cut(String word, int length) {
    return word.length() <= length ? word : word.substring(0, length);
  }
}
