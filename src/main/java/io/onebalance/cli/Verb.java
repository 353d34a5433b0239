package io.onebalance.cli;

import io.onebalance.cli.line.Given;
import io.onebalance.cli.line.Option;
import io.onebalance.cli.line.Usage;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One thing that the program can be told to do. Adding one means: a class, and a line in [Verbs].
interface Verb {
  String name();

  /// What it does, in a line.
  String summary();

  /// Whether it is typed by programs only, and so not told to people.
  default boolean isHidden() {
    return false;
  }

  /// The one word that may follow it, as help shows it; empty where none may.
  default String operand() {
    return "";
  }

  /// The options that are its own.
  default List<Option> options() {
    return List.of();
  }

  default Usage usage() {
    return new Usage(name(), summary(), isHidden(), operand(), options());
  }

  /// Does it, and says how it ended ([Exit]).
  int run(Given given, Optional<String> config) throws BadSettings, IOException;
}
