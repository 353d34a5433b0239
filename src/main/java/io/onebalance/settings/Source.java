package io.onebalance.settings;

/// Where a value came from.
public sealed interface Source {
  /// A variable of the process's environment.
  record Environment(String name) implements Source {}

  /// A line of a `.env` file.
  record DotEnv(String file, int line, String name) implements Source {}

  /// A line of the YAML file.
  record Yaml(String file, int line) implements Source {}

  /// A file of the data directory that this program wrote.
  record Kept(String file) implements Source {}

  /// Nobody set it.
  record Default() implements Source {}

  /// The place as people write it: `one-balance.yaml:12`.
  default String where() {
    return switch (this) {
      case Environment _ -> "environment";
      case DotEnv(var file, var line, _) -> at(file, line);
      case Yaml(var file, var line) -> at(file, line);
      case Kept(var file) -> file;
      case Default _ -> "default";
    };
  }

  static String at(String file, int line) {
    return line == 0 ? file : file + ":" + line;
  }
}
