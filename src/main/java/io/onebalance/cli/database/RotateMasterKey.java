package io.onebalance.cli.database;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.files.PrivateFiles;
import io.onebalance.settings.BadSettings;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.MasterKeyChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `rotate-master-key`: puts a new master key in the place of the old one, also while a server
/// runs. Whenever it is broken off, the key in the file opens the database, and it can be run
/// again.
public record RotateMasterKey(Shell shell) implements Verb {
  private static final String FINISH = "--finish";

  @Override
  public String name() {
    return "rotate-master-key";
  }

  @Override
  public String summary() {
    return "Put a new master key in the place of the old one, also while a server runs.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(FINISH)
            .description("Several instances: all have the new key; the old one opens no more.")
            .build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var storage = shell.reader(config).read().settings().storage();
    if (storage.masterKey().isPresent()) {
      shell
          .err()
          .println(
              "The master key is set as MASTER_KEY; put it into a file, name that in"
                  + " MASTER_KEY_FILE, and try again");
      return Exit.FAILED;
    }
    try {
      var change = MasterKeyChange.of(storage.dataDir(), storage.database());
      if (given.hasMatchedOption(FINISH)) {
        change.keepOnly(MasterKey.existing(Optional.empty(), storage.masterKeyFile()));
        shell.out().println("Only the key in " + storage.masterKeyFile() + " opens it from now on");
      } else {
        tell(rotate(change, storage.masterKeyFile()), change, storage.masterKeyFile());
      }
      return Exit.DONE;
    } catch (CannotOpen trouble) {
      shell.err().println(trouble.getMessage());
      return Exit.FAILED;
    }
  }

  private void tell(Path before, MasterKeyChange change, Path file) {
    shell.out().println("A new master key is in " + file);
    shell
        .out()
        .println(
            "The old one is kept as " + before + ": backups made before need it. Move it away.");
    if (change.isShared()) {
      shell
          .out()
          .println(
              "Both open the database. Give the new one to the other instances, then run"
                  + " rotate-master-key "
                  + FINISH);
    }
  }

  /// The new key is on the disk before the database knows it, and the database knows both until the
  /// file holds the new one. Where other instances have files of their own, it knows both until all
  /// have it.
  private Path rotate(MasterKeyChange change, Path file) throws IOException {
    var old = MasterKey.existing(Optional.empty(), file);
    var next = file.resolveSibling(file.getFileName() + ".next");
    var fresh =
        Files.exists(next)
            ? MasterKey.existing(Optional.empty(), next) // of a change that was broken off
            : MasterKey.fresh();
    var before =
        file.resolveSibling(
            file.getFileName() + ".before-" + shell.clock().instant().getEpochSecond());
    PrivateFiles.write(next, fresh.text());
    change.admit(old, fresh);
    PrivateFiles.write(before, Files.readString(file));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!change.isShared()) {
      change.keepOnly(fresh);
    }
    return before;
  }
}
