package io.onebalance.simulate.scenario;

import io.onebalance.settings.file.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The named values of one map of the file. Remembers which names were asked for, so that any other
/// can be refused.
final class Fields {
  private final String place;
  private final Tree.Branch branch;
  private final TreeSet<String> asked = new TreeSet<>();

  /// `place` is what people call this map: "keys", "load".
  Fields(String place, Tree.Branch branch) {
    this.place = place;
    this.branch = branch;
  }

  int line() {
    return branch.line();
  }

  <T> T get(String name, Kind<T> kind, T usual) throws BadScenario {
    return find(name, kind).orElse(usual);
  }

  <T> T need(String name, Kind<T> kind) throws BadScenario {
    var found = find(name, kind);
    if (found.isEmpty()) {
      throw wrong(branch.line(), "'" + name + "' is missing; allowed: " + kind.allowed());
    }
    return found.get();
  }

  <T> Optional<T> find(String name, Kind<T> kind) throws BadScenario {
    var tree = tree(name);
    return tree.isEmpty() ? Optional.empty() : Optional.of(read(name, tree.get(), kind));
  }

  /// A list of single values; one value alone is a list as well.
  <T> List<T> list(String name, Kind<T> kind) throws BadScenario {
    var values = new ArrayList<T>();
    for (var item : items(name)) {
      values.add(read(name, item, kind));
    }
    return values;
  }

  /// A list of maps; one map alone is a list as well.
  List<Fields> maps(String name) throws BadScenario {
    var maps = new ArrayList<Fields>();
    for (var item : items(name)) {
      maps.add(new Fields(name, branch(name, item)));
    }
    return maps;
  }

  Optional<Fields> map(String name) throws BadScenario {
    var tree = tree(name);
    return tree.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fields(name, branch(name, tree.get())));
  }

  /// Whether the value is a map, where it may also be a single one.
  boolean isMap(String name) {
    return branch.entries().get(name) instanceof Tree.Branch;
  }

  /// Maps by names that the writer chose.
  Map<String, Fields> named(String name) throws BadScenario {
    var all = new LinkedHashMap<String, Fields>();
    var tree = tree(name);
    if (tree.isPresent()) {
      for (var entry : branch(name, tree.get()).entries().entrySet()) {
        var place = name + "." + entry.getKey();
        all.put(entry.getKey(), new Fields(place, branch(place, entry.getValue())));
      }
    }
    return all;
  }

  /// Refuses what nobody asked for.
  void end() throws BadScenario {
    for (var entry : branch.entries().entrySet()) {
      if (!asked.contains(entry.getKey())) {
        throw wrong(
            entry.getValue().line(),
            "'" + entry.getKey() + "' is unknown; allowed: " + String.join(", ", asked));
      }
    }
  }

  BadScenario wrong(int line, String what) {
    return new BadScenario(line, place.isEmpty() ? what : place + ": " + what);
  }

  private List<Tree> items(String name) {
    return switch (tree(name).orElse(new Tree.Row(List.of(), 0))) {
      case Tree.Row(var items, _) -> items;
      case Tree.Leaf leaf -> List.of(leaf);
      case Tree.Branch one -> List.of(one);
    };
  }

  private Optional<Tree> tree(String name) {
    asked.add(name);
    return Optional.ofNullable(branch.entries().get(name)).filter(tree -> !tree.isBlank());
  }

  private Tree.Branch branch(String name, Tree tree) throws BadScenario {
    if (tree instanceof Tree.Branch found) {
      return found;
    }
    throw wrong(tree.line(), "'" + name + "' must hold 'name: value'");
  }

  private <T> T read(String name, Tree tree, Kind<T> kind) throws BadScenario {
    var text = tree instanceof Tree.Leaf(var leaf, _) ? leaf : "a list or a map";
    var value = tree instanceof Tree.Leaf ? kind.read().apply(text.strip()) : Optional.<T>empty();
    if (value.isEmpty()) {
      throw wrong(tree.line(), "'" + name + "' is " + text + "; allowed: " + kind.allowed());
    }
    return value.get();
  }
}
