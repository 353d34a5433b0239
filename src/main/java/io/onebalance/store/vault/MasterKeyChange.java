package io.onebalance.store.vault;

import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.DatabaseFile;
import io.onebalance.store.file.FileEngine;
import io.onebalance.store.postgres.PostgresUrl;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/// Puts another master key in force, also while a server uses the database: that has the data key
/// in memory and asks for the master key only at its next start. What a master key encrypts is the
/// data key alone, one row, so that nothing else is written and nothing can be lost in the middle:
/// first both keys open it, then only the new one.
public final class MasterKeyChange {
  private static final String READ = "SELECT wrapped FROM vault WHERE id = 1";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DataSource database;
  private final boolean isShared;

  private MasterKeyChange(DataSource database, boolean isShared) {
    this.database = database;
    this.isShared = isShared;
  }

  /// Of the database that `url` names, as [Database#open] takes it.
  public static MasterKeyChange of(Path dataDir, String url) {
    if (PostgresUrl.is(url)) {
      return new MasterKeyChange(PostgresUrl.parse(url).source(), true);
    }
    var file =
        Path.of(url.substring(FileEngine.SCHEME.length()).replace("{data}", dataDir.toString()));
    return new MasterKeyChange(new DatabaseFile(file.toAbsolutePath(), PATIENCE).source(), false);
  }

  /// Whether other instances, with files of their own, have to be given the new key.
  public boolean isShared() {
    return isShared;
  }

  /// From here on either key opens the database. Throws [CannotOpen] where the old one does not,
  /// and where instances may still have a third one, which would open no more.
  public void admit(MasterKey old, MasterKey fresh) {
    write(wrapped -> {
      if (isShared && wrapped.text().contains(" ") && Vault.unwrapped(wrapped, fresh).isEmpty()) {
        throw new CannotOpen(
            "the last change has not ended: give the new key to all instances, run"
                + " rotate-master-key --finish, and then change it again");
      }
      var dataKey = dataKey(wrapped, old);
      return Vault.wrapped(dataKey, fresh) + " " + Vault.wrapped(dataKey, old);
    });
  }

  /// From here on only this key opens the database, of those admitted.
  public void keepOnly(MasterKey fresh) {
    write(wrapped -> Vault.wrapped(dataKey(wrapped, fresh), fresh));
  }

  private static String dataKey(Wrapped.Sealed wrapped, MasterKey master) {
    return Vault.unwrapped(wrapped, master)
        .orElseThrow(() ->
            new CannotOpen("the master key is not the one of this database; nothing was changed"));
  }

  private void write(Function<Wrapped.Sealed, String> change) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (var read = connection.prepareStatement(isShared ? READ + " FOR UPDATE" : READ);
          var write = connection.prepareStatement("UPDATE vault SET wrapped = ? WHERE id = 1");
          var found = read.executeQuery()) {
        if (!found.next()) {
          throw new CannotOpen("nothing is encrypted in this database yet");
        }
        write.setString(1, change.apply(Wrapped.of(found.getString(1)).whole()));
        write.executeUpdate();
        connection.commit();
      }
    } catch (SQLException trouble) {
      throw new CannotOpen("the master key could not be changed: " + trouble.getMessage(), trouble);
    }
  }
}
