package io.onebalance.settings.read;

import io.onebalance.settings.Problem;
import io.onebalance.settings.Settings.Leg;
import io.onebalance.settings.Settings.Legs;
import io.onebalance.settings.Show;
import io.onebalance.settings.Source;
import io.onebalance.settings.file.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `models:`: names of the operator's own and the legs they lead to. A leg is one text, a
/// list of texts in order, or a map of texts to weights.
final class Models {
  private static final int HEAVIEST = 100;
  private static final String ALLOWED =
      "provider/model, a list of them, or a map of them to weights from 1 to " + HEAVIEST;

  private final String file;
  private final List<Problem> problems;

  Models(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  Map<String, Legs> read(Tree.Branch branch) {
    var models = new LinkedHashMap<String, Legs>();
    branch
        .entries()
        .forEach((name, tree) ->
            legs(tree).ifPresentOrElse(legs -> models.put(name, legs), () -> complain(name, tree)));
    return models;
  }

  private void complain(String name, Tree tree) {
    var what = "models.%s is %s; allowed: %s".formatted(Show.text(name), Show.tree(tree), ALLOWED);
    problems.add(new Problem(Source.at(file, tree.line()), what));
  }

  private static Optional<Legs> legs(Tree tree) {
    return switch (tree) {
      case Tree.Leaf leaf -> ordered(List.of(leaf));
      case Tree.Row(var items, _) -> ordered(items);
      case Tree.Branch(var entries, _) -> weighted(entries);
    };
  }

  private static Optional<Legs> ordered(List<Tree> items) {
    var legs = new ArrayList<Leg>();
    for (var item : items) {
      if (item instanceof Tree.Leaf(var text, _)) {
        leg(text, "1").ifPresent(legs::add);
      }
    }
    return all(legs, items.size(), false);
  }

  private static Optional<Legs> weighted(Map<String, Tree> entries) {
    var legs = new ArrayList<Leg>();
    entries.forEach((name, tree) -> {
      if (tree instanceof Tree.Leaf(var weight, _)) {
        leg(name, weight).ifPresent(legs::add);
      }
    });
    return all(legs, entries.size(), true);
  }

  private static Optional<Legs> all(List<Leg> legs, int expected, boolean weighted) {
    return legs.isEmpty() || legs.size() != expected
        ? Optional.empty()
        : Optional.of(new Legs(legs, weighted));
  }

  private static Optional<Leg> leg(String text, String weight) {
    var slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1 || !weight.matches("\\d{1,3}")) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(weight))
        .filter(number -> 1 <= number && number <= HEAVIEST)
        .map(number -> new Leg(text.substring(0, slash), text.substring(slash + 1), number));
  }
}
