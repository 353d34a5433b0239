package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `serve`: balances until it is stopped. This is what the program does when nothing is said.
public record Serve(Shell shell, Serving serving) implements Verb {
  /// Serves where nothing was typed. There is nothing to parse then, and the parser would take a
  /// tenth of the time to the first answer: its classes are too old for the JVM's cache.
  public int unasked() {
    return Exit.of(shell, name(), () -> serve(Optional.empty()));
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serve until stopped (the default).";
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    return serve(config);
  }

  private int serve(Optional<String> config) throws BadSettings {
    var reader = shell.reader(config);
    return serving.serve(reader, reader.read());
  }
}
