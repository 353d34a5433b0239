package io.onebalance.cli;

import io.onebalance.cli.line.Given;
import io.onebalance.settings.BadSettings;
import java.util.Optional;

/// `serve`: balances until it is stopped. This is what the program does when nothing is said.
record Serve(Shell shell, Serving serving) implements Verb {
  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serve until stopped (the default).";
  }

  @Override
  public int run(Given given, Optional<String> config) throws BadSettings {
    var reader = shell.reader(config);
    return serving.serve(reader, reader.read());
  }
}
