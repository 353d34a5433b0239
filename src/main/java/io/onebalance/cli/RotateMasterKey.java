package io.onebalance.cli;

import io.onebalance.files.PrivateFiles;
import io.onebalance.settings.BadSettings;
import io.onebalance.store.MasterKey;
import io.onebalance.store.MasterKeyChange;
import io.onebalance.store.file.CannotOpen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `rotate-master-key`: puts a new master key in the place of the old one, also while a server
/// runs. Whenever it is broken off, the key in the file opens the database, and it can be run
/// again.
record RotateMasterKey(Shell shell) implements Verb {
  @Override
  public String name() {
    return "rotate-master-key";
  }

  @Override
  public String summary() {
    return "Put a new master key in the place of the old one, also while a server runs.";
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
      var before = rotate(new MasterKeyChange(BackUp.database(storage)), storage.masterKeyFile());
      shell.out().println("A new master key is in " + storage.masterKeyFile());
      shell
          .out()
          .println(
              "The old one is kept as " + before + ": backups made before need it. Move it away.");
      return Exit.DONE;
    } catch (CannotOpen trouble) {
      shell.err().println(trouble.getMessage());
      return Exit.FAILED;
    }
  }

  /// The new key is on the disk before the database knows it, and the database knows both until the
  /// file holds the new one.
  private Path rotate(MasterKeyChange change, Path file) throws IOException {
    var old = MasterKey.existing(Optional.empty(), file);
    var fresh = MasterKey.fresh();
    var next = file.resolveSibling(file.getFileName() + ".next");
    var before =
        file.resolveSibling(
            file.getFileName() + ".before-" + shell.clock().instant().getEpochSecond());
    PrivateFiles.write(next, fresh.text());
    change.admit(old, fresh);
    PrivateFiles.write(before, Files.readString(file));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    change.keepOnly(fresh);
    return before;
  }
}
