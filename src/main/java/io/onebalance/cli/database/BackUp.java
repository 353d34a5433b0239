package io.onebalance.cli.database;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import io.onebalance.settings.read.AuthKeyFile;
import io.onebalance.store.file.Backup;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.move.ServerBackup;
import io.onebalance.store.postgres.PostgresUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `backup`: copies the database as it is at this moment, also while a server uses it.
public record BackUp(Shell shell) implements Verb {
  private static final String SQLITE = "sqlite:";

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String summary() {
    return "Copy the database, also while a server uses it.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .arity("0..1")
            .type(String.class)
            .description("The copy, or a folder for it; usually the working directory.")
            .build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    String wanted = given.matchedPositionalValue(0, ".");
    var place = shell.directory().resolve(wanted);
    var copy =
        Files.isDirectory(place) ? place.resolve(Backup.name(shell.clock().instant())) : place;
    try {
      var held = taken(storage, copy.normalize());
      shell
          .out()
          .printf(
              "Wrote %s: %,d keys, %,d gateway keys, %,d requests%n",
              copy.normalize(), held.keys(), held.gatewayKeys(), held.requests());
      shell
          .out()
          .println(
              "Not in it: the master key ("
                  + (storage.masterKey().isPresent() ? "MASTER_KEY" : storage.masterKeyFile())
                  + "), without which its keys cannot be read"
                  + keptBeside(storage));
      return Exit.DONE;
    } catch (CannotOpen trouble) {
      shell.err().println(trouble.getMessage());
      return Exit.FAILED;
    }
  }

  private static String keptBeside(Settings.Storage storage) {
    var authKey = new AuthKeyFile(storage.dataDir()).path();
    return Files.exists(authKey)
        ? ", and " + authKey + ". Keep them apart from it."
        : ". Keep it apart.";
  }

  private Backup.Held taken(Settings.Storage storage, Path copy) {
    return server(storage, shell)
        .map(server -> server.take(copy))
        .orElseGet(() -> Backup.take(database(storage), copy));
  }

  /// Where the database is a server's.
  static Optional<ServerBackup> server(Settings.Storage storage, Shell shell) {
    return Optional.of(storage.database())
        .filter(PostgresUrl::is)
        .map(url -> new ServerBackup(new Secret(url), storage.dataDir(), shell.clock()));
  }

  /// The file that the database is.
  static Path database(Settings.Storage storage) {
    var url = storage.database();
    if (!url.startsWith(SQLITE)) {
      throw new CannotOpen("DATABASE_URL has to be sqlite:PATH or postgresql://…");
    }
    return Path.of(url.substring(SQLITE.length()).replace("{data}", storage.dataDir().toString()))
        .toAbsolutePath();
  }
}
