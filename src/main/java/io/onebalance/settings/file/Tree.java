package io.onebalance.settings.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value as a file or the environment gives it, with the line it stood on (0 where there are no
/// lines).
public sealed interface Tree {
  int line();

  /// A single text, also of numbers and truths; "" for an empty value.
  record Leaf(String text, int line) implements Tree {}

  /// A list.
  record Row(List<Tree> items, int line) implements Tree {
    public Row {
      items = List.copyOf(items);
    }
  }

  /// A map, in the order it was written.
  record Branch(Map<String, Tree> entries, int line) implements Tree {
    public Branch {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /// Whether there is nothing but an empty value, which leaves a setting unset.
  default boolean isBlank() {
    return this instanceof Leaf(var text, _) && text.isBlank();
  }

  /// The value as plain texts, lists and maps.
  default Object plain() {
    return switch (this) {
      case Leaf(var text, _) -> text;
      case Row(var items, _) -> items.stream().map(Tree::plain).toList();
      case Branch(var entries, _) -> {
        var plain = new LinkedHashMap<String, Object>();
        entries.forEach((name, tree) -> plain.put(name, tree.plain()));
        yield Collections.unmodifiableMap(plain);
      }
    };
  }
}
