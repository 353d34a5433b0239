package io.onebalance.cli.database;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import io.onebalance.store.file.Backup;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `restore`: puts a copy in the place of the database, while no server uses it. What was revoked
/// since the copy was made stays so: that is written beside the database.
public record Restore(Shell shell) implements Verb {
  private static final String REPLACE = "--replace";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "Put a backup in the place of the database, while no server runs.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .arity("1")
            .type(String.class)
            .description("The copy.")
            .build());
    spec.addOption(
        OptionSpec.builder(REPLACE)
            .description(
                "PostgreSQL: in the place of what is there, which is kept as a file. A SQLite"
                    + " database always is.")
            .build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    String name = given.matchedPositionalValue(0, "");
    try {
      var copy = shell.directory().resolve(name);
      var kept = restored(storage, copy, given.hasMatchedOption(REPLACE));
      shell.out().println("Restored " + name);
      kept.ifPresent(before -> shell.out().println("What was there is kept as " + before));
      return Exit.DONE;
    } catch (CannotOpen trouble) {
      shell.err().println(trouble.getMessage());
      return Exit.FAILED;
    }
  }

  private Optional<Path> restored(Settings.Storage storage, Path copy, boolean replace) {
    var given = storage.masterKey().map(Secret::reveal);
    Consumer<Secret> master =
        wrapped ->
            SealedKeys.check(wrapped.reveal(), MasterKey.existing(given, storage.masterKeyFile()));
    var server = BackUp.server(storage, shell);
    return server.isPresent()
        ? server.get().restore(copy, replace, master)
        : Backup.restore(copy, BackUp.database(storage), shell.clock().instant(), master);
  }
}
