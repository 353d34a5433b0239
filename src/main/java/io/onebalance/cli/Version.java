package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

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
  public int run(ParseResult given, Optional<String> config) {
    shell.out().println("one-balance " + version + " (Java " + Runtime.version() + ")");
    return Exit.DONE;
  }
}
