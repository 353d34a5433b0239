package io.onebalance.settings.read;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.access.limit.rules.Usd;
import io.onebalance.settings.Problem;
import io.onebalance.settings.Show;
import io.onebalance.settings.Source;
import io.onebalance.settings.file.Tree;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads the maps below `limits:`: what gateway keys may use.
final class Limits {
  static final String NAMES =
      Arrays.stream(Limit.values()).map(Limit::setting).collect(Collectors.joining(", "));

  private static final String NONE = "none";

  private final String file;
  private final List<Problem> problems;

  Limits(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /// The limits of each key that is named.
  Map<String, KeyLimits> keys(Tree.Branch branch) {
    var keys = new LinkedHashMap<String, KeyLimits>();
    branch
        .entries()
        .forEach((key, tree) -> {
          var name = Table.LIMITS_KEYS.name() + "." + Show.text(key);
          if (tree instanceof Tree.Branch limits) {
            keys.put(key, read(name, limits));
          } else {
            complain(tree, name + " is " + Show.tree(tree) + "; allowed: a map of limits");
          }
        });
    return keys;
  }

  KeyLimits read(String name, Tree.Branch branch) {
    var numbers = new EnumMap<Limit, Long>(Limit.class);
    branch
        .entries()
        .forEach((word, tree) ->
            Limit.ofSetting(word)
                .ifPresentOrElse(
                    limit ->
                        number(name, limit, tree).ifPresent(number -> numbers.put(limit, number)),
                    () -> unknown(name, word, tree)));
    return new KeyLimits(numbers);
  }

  private void unknown(String name, String word, Tree tree) {
    complain(tree, "'%s.%s' is no limit; allowed: %s".formatted(name, Show.text(word), NAMES));
  }

  private Optional<Long> number(String name, Limit limit, Tree tree) {
    var number = tree instanceof Tree.Leaf(var text, _) ? number(limit, text.strip()) : none();
    if (number.isEmpty()) {
      complain(
          tree,
          "%s.%s is %s; allowed: %s"
              .formatted(name, limit.setting(), Show.tree(tree), allowed(limit)));
    }
    return number;
  }

  private static Optional<Long> number(Limit limit, String text) {
    if (text.equals(NONE)) {
      return Optional.of(KeyLimits.ANY);
    }
    var number =
        limit.isMoney()
            ? Usd.micros(text)
            : Optional.of(text).filter(it -> it.matches("\\d{1,15}")).map(Long::valueOf);
    return number.filter(it -> limit.least() <= it && it <= limit.most());
  }

  private static Optional<Long> none() {
    return Optional.empty();
  }

  private static String allowed(Limit limit) {
    return limit.isMoney()
        ? "dollars such as 5 or 0.50, up to 10000, or none"
        : "a whole number from %d to %d, or none".formatted(limit.least(), limit.most());
  }

  private void complain(Tree tree, String what) {
    problems.add(new Problem(Source.at(file, tree.line()), what));
  }
}
