package io.onebalance.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where settings are looked for: the working directory (relative paths start there, and `.env`
/// lies there), the environment, and the file that `--config` names.
public record Whereabouts(
    Path directory, Map<String, String> environment, Optional<String> config) {
  public Whereabouts {
    environment = Map.copyOf(environment);
  }

  public Path path(String name) {
    return directory.resolve(name).normalize();
  }

  /// The environment may hold secrets, so it is not printed.
  @Override
  public String toString() {
    return directory.toString();
  }
}
