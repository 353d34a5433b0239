package io.onebalance.cli.database;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.store.MasterKey;
import io.onebalance.store.SealedKeys;
import io.onebalance.store.file.Backup;
import io.onebalance.store.file.CannotOpen;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `restore`: puts a copy in the place of the database, while no server uses it. What was revoked
/// since the copy was made stays so: that is written beside the database.
public record Restore(Shell shell) implements Verb {
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
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    String name = given.matchedPositionalValue(0, "");
    try {
      var master = storage.masterKey().map(Secret::reveal);
      var kept =
          Backup.restore(
              shell.directory().resolve(name),
              BackUp.database(storage),
              shell.clock().instant(),
              wrapped ->
                  SealedKeys.check(
                      wrapped.reveal(), MasterKey.existing(master, storage.masterKeyFile())));
      shell.out().println("Restored " + name);
      kept.ifPresent(before -> shell.out().println("What was there is kept as " + before));
      return Exit.DONE;
    } catch (CannotOpen trouble) {
      shell.err().println(trouble.getMessage());
      return Exit.FAILED;
    }
  }
}
