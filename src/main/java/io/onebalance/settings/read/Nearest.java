package io.onebalance.settings.read;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what a person most likely meant.
final class Nearest {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 60;

  private Nearest() {}

  /// The known name that a wrong one is nearest to, when at most a third of it differs, or two
  /// letters that changed places.
  static Optional<String> to(String wrong, Collection<String> known) {
    if (wrong.length() > LONGEST || wrong.length() < SHORTEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> distance(wrong, name) <= Math.max(2, wrong.length() / 3))
        .min(Comparator.comparingInt((String name) -> distance(wrong, name)));
  }

  /// The end of a message about an unknown name: "; did you mean 'port'?", or nothing.
  static String hint(String wrong, Collection<String> known) {
    return to(wrong, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /// Levenshtein's distance, by rows.
  private static int distance(String one, String other) {
    var above = new int[other.length() + 1];
    Arrays.setAll(above, i -> i);
    for (var i = 1; i <= one.length(); i++) {
      var row = new int[other.length() + 1];
      row[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var swap = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + swap, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[other.length()];
  }
}
