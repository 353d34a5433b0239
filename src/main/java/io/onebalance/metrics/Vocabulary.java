package io.onebalance.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The words that a label may hold: so many, and each fit to be seen. All others are [#OTHER], so
/// that whoever invents words fills no memory, and none can carry a secret.
final class Vocabulary {
  static final String OTHER = "other";

  /// Where there is no word at all.
  static final String NONE = "none";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._:/@+-]{0,99}");

  private final int most;
  private final Predicate<String> secret;
  private final Map<String, String> labels = new HashMap<>();

  Vocabulary(int most, Predicate<String> secret) {
    this.most = most;
    this.secret = secret;
  }

  /// The label for a word, which is learnt while there is room.
  String learn(String word) {
    if (!labels.containsKey(word) && !word.isEmpty() && labels.size() < most) {
      labels.put(word, PLAIN.matcher(word).matches() && !secret.test(word) ? word : OTHER);
    }
    return of(word);
  }

  /// The label for a word, if it was learnt before.
  String of(String word) {
    return word.isEmpty() ? NONE : labels.getOrDefault(word, OTHER);
  }
}
