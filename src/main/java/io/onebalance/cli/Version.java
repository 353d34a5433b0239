package io.onebalance.cli;

import io.onebalance.cli.line.Given;
import java.util.Optional;

/// `version`: says which program this is, and on which Java it runs.
record Version(Shell shell, String version) implements Verb {
  @Override
  public String name() {
    return "version";
  }

  @Override
  public String summary() {
    return "Show the version.";
  }

  @Override
  public int run(Given given, Optional<String> config) {
    shell.out().println("one-balance " + version + " (Java " + Runtime.version() + ")");
    return Exit.DONE;
  }
}
