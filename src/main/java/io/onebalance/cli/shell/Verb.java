package io.onebalance.cli.shell;

import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One thing that the program can be told to do. Adding one means: a class, and a line in [Verbs].
public interface Verb {
  String name();

  /// What it does, in a line.
  String summary();

  /// Whether it is typed by programs only, and so not told to people.
  default boolean isHidden() {
    return false;
  }

  /// Names the options that are its own.
  default void describe(CommandSpec spec) {}

  /// Does it, and says how it ended ([Exit]).
  int run(ParseResult given, Optional<String> config) throws BadSettings, IOException;
}
