package io.onebalance.cli.connect;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where clients keep their settings: in folders of the home directory, or where an environment
/// variable of theirs says.
public record Home(Path directory, Map<String, String> environment) {
  public Home {
    environment = Map.copyOf(environment);
  }

  /// Of a person with this environment; empty where it names no home.
  public static Optional<Home> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("HOME"))
        .or(() -> Optional.ofNullable(environment.get("USERPROFILE")))
        .filter(name -> !name.isBlank())
        .map(name -> new Home(Path.of(name), environment));
  }

  Path folder(String variable, String usual) {
    var set = environment.getOrDefault(variable, "");
    return set.isBlank() ? directory.resolve(usual) : Path.of(set);
  }

  /// The environment may hold secrets, so it is not printed.
  @Override
  public String toString() {
    return directory.toString();
  }
}
