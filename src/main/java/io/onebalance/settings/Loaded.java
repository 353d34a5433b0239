package io.onebalance.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Settings that were read well: what they say, each value with its origin, the files that were
/// looked for (there or not), and advice that does not stop the start.
public record Loaded(
    Settings settings, List<Held> values, List<Path> files, List<String> warnings) {
  public Loaded {
    values = List.copyOf(values);
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /// The names of the settings whose values differ from those before.
  public List<String> changedSince(Loaded before) {
    var names = new ArrayList<String>();
    for (var i = 0; i < values.size(); i++) {
      if (!values.get(i).value().equals(before.values.get(i).value())) {
        names.add(values.get(i).name());
      }
    }
    return names;
  }

  /// Of those, the names of the settings that are in force only after a restart.
  public List<String> waitingForRestart(Loaded started) {
    var changed = changedSince(started);
    return values.stream()
        .filter(held -> held.restart() && changed.contains(held.name()))
        .map(Held::name)
        .toList();
  }
}
