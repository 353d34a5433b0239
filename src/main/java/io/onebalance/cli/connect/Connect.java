package io.onebalance.cli.connect;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.OwnKey;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.files.PrivateFiles;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `connect`: says what a coding agent must be told to ask here, or writes it into the agent's own
/// files, where all else stays as it is.
public record Connect(Shell shell) implements Verb {
  private static final String WRITE = "--write";
  private static final String MODEL = "--model";

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public String summary() {
    return "Lead Claude Code, Codex or Gemini CLI here.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(Client.names())
            .arity("1")
            .type(String.class)
            .description("Who is to ask here.")
            .build());
    spec.addOption(
        OptionSpec.builder(WRITE)
            .description("Write it into the client's own files instead of showing it.")
            .build());
    spec.addOption(
        Remote.option(MODEL, "MODEL", "The model it asks for: provider/model, or a name."));
    Remote.describe(
        spec,
        "Where it reaches One Balance, if not on this machine.",
        "The gateway key that it shows there, if not the first of these settings.");
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    String name = given.matchedPositionalValue(0, "");
    var client = Client.named(name);
    if (client.isEmpty()) {
      shell.err().println("'" + name + "' cannot be led here; known: " + Client.names());
      return Exit.WRONG_USAGE;
    }
    var settings = shell.reader(config).read().settings();
    var key = Remote.givenKey(given).or(() -> OwnKey.any(settings, shell.clock().instant()));
    if (key.isEmpty()) {
      shell
          .err()
          .println("There is no gateway key yet, or none in force: the first start makes one.");
      return Exit.FAILED;
    }
    var model = Optional.<String>ofNullable(given.matchedOptionValue(MODEL, null));
    var target = new Target(url(given, settings), key.get(), model);
    return given.hasMatchedOption(WRITE) ? write(client.get(), target) : show(client.get(), target);
  }

  private int show(Client client, Target target) {
    shell.out().print(client.lines(target));
    return Exit.DONE;
  }

  /// All new texts are made before the first is written.
  private int write(Client client, Target target) throws IOException {
    var home = Home.of(shell.environment());
    if (home.isEmpty()) {
      shell.err().println("HOME is not set, so it is not known where the files are");
      return Exit.FAILED;
    }
    var texts = new LinkedHashMap<Path, String>();
    for (var change : client.changes(home.get(), target)) {
      var edited = edited(change);
      if (edited.isEmpty()) {
        shell.err().println(change.file() + " is no plain JSON object; nothing was written");
        return Exit.FAILED;
      }
      texts.put(change.file(), edited.get());
    }
    for (var text : texts.entrySet()) {
      write(text.getKey(), text.getValue());
    }
    client.left().forEach(shell.out()::println);
    return Exit.DONE;
  }

  private static Optional<String> edited(Change change) throws IOException {
    return change.edit().apply(Files.exists(change.file()) ? Files.readString(change.file()) : "");
  }

  /// A link stays one: what it leads to is written.
  private void write(Path file, String text) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      PrivateFiles.makeDirectory(folder);
    }
    PrivateFiles.write(Files.exists(file) ? file.toRealPath() : file, text);
    shell.out().println("Wrote " + file);
  }

  private static String url(ParseResult given, Settings settings) {
    return Remote.givenUrl(given)
        .map(url -> url.replaceFirst("/+$", ""))
        .orElseGet(() -> Remote.url(settings));
  }
}
