package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.files.PrivateFiles;
import io.onebalance.settings.read.AuthKeyFile;
import io.onebalance.settings.read.CommentedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `init`: writes a commented `one-balance.yaml`, and a `.env` with a fresh gateway key that only
/// its owner may read. What is there already stays, unless told otherwise.
record Init(Shell shell) implements Verb {
  private static final String FORCE = "--force";
  private static final String YAML = "one-balance.yaml";
  private static final String DOT_ENV = ".env";

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "Write a commented " + YAML + " and a .env with a new gateway key.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(FORCE).description("Replace the files where they exist.").build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws IOException {
    var yaml = shell.directory().resolve(config.orElse(YAML));
    var dotEnv = shell.directory().resolve(DOT_ENV);
    var there = Stream.of(yaml, dotEnv).filter(Files::exists).map(Path::toString).toList();
    if (!there.isEmpty() && !given.hasMatchedOption(FORCE)) {
      var files = String.join(" and ", there);
      shell.err().println(files + " exists already; " + FORCE + " replaces it");
      return Exit.FAILED;
    }
    Files.writeString(yaml, CommentedYaml.text());
    PrivateFiles.write(dotEnv, secrets());
    shell.out().println("Wrote " + yaml);
    shell.out().println("Wrote " + dotEnv + " with a new AUTH_KEY. Keep it to yourself.");
    return Exit.DONE;
  }

  private String secrets() {
    return """
    # Secrets of One Balance. Keep this file to yourself.
    AUTH_KEY=%s
    """
        .formatted(AuthKeyFile.random(shell.chance()).reveal());
  }
}
