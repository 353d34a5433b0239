package io.onebalance.settings.read;

import io.onebalance.settings.file.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How a setting's text becomes its value. `allowed` ends the sentence "allowed: …"; `reading`
/// gives nothing for what is not allowed.
record Kind<T>(String allowed, Function<Tree, Optional<T>> reading) {
  /// A kind whose values are single texts.
  static <T> Kind<T> of(String allowed, Function<String, Optional<T>> reading) {
    return new Kind<>(
        allowed,
        tree ->
            tree instanceof Tree.Leaf(var text, _)
                ? reading.apply(text.strip())
                : Optional.empty());
  }

  Optional<T> read(Tree tree) {
    return reading.apply(tree);
  }

  /// What was read, made into something else.
  <R> Kind<R> to(Function<T, R> making) {
    return new Kind<>(allowed, tree -> read(tree).map(making));
  }

  /// The same, or nothing at all: a blank value is the absence of one.
  Kind<Optional<T>> orNone() {
    return new Kind<>(
        allowed, tree -> tree.isBlank() ? Optional.of(Optional.empty()) : given(read(tree)));
  }

  private static <T> Optional<Optional<T>> given(Optional<T> value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /// A list of the same: a YAML list, or texts between commas.
  Kind<List<T>> many() {
    return new Kind<>("a list of: " + allowed, tree -> all(items(tree)));
  }

  private Optional<List<T>> all(List<Tree> items) {
    var values = new ArrayList<T>();
    for (var item : items) {
      read(item).ifPresent(values::add);
    }
    return values.size() == items.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private static List<Tree> items(Tree tree) {
    return switch (tree) {
      case Tree.Row(var items, _) -> items;
      case Tree.Branch branch -> List.of(branch);
      case Tree.Leaf(var text, var line) ->
          Arrays.stream(text.split(",", -1))
              .filter(part -> !part.isBlank())
              .<Tree>map(part -> new Tree.Leaf(part.strip(), line))
              .toList();
    };
  }
}
