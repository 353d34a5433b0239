package io.onebalance.program.ground;

import io.onebalance.key.Policy;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.pool.Pools;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.Database;
import io.onebalance.store.ResourceTable;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.history.History;
import io.onebalance.store.history.HistoryWriter;
import io.onebalance.store.history.SpentElsewhere;
import io.onebalance.store.issue.IssuedKeys;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What is stored, together with its live side.
public record OpenStore(
    Database database,
    Pools pools,
    Keyring keyring,
    IssuedKeys issued,
    ResourceTable resources,
    Journal journal,
    HistoryWriter written,
    History history,
    Optional<SpentElsewhere> elsewhere)
    implements AutoCloseable {
  private static final int MOST_TRIES = 20;

  /// Opens all or nothing: where one part cannot be opened, the database is free again. `news`
  /// hears what happens to keys on the threads that bring it, so it has to be quick. `policy` is
  /// asked once the database is open: what it is made of may still be being read.
  ///
  /// Others may write much just then, or have died in the middle of it: a start waits for them
  /// twenty times as long as an edit does. Throws [StoreTrouble].
  public static OpenStore open(
      Settings.Storage storage,
      Supplier<Policy> policy,
      InstantSource clock,
      Consumer<KeyEvent> news) {
    for (var tries = MOST_TRIES; ; tries--) {
      try {
        return openOnce(storage, policy, clock, news);
      } catch (StoreTrouble trouble) {
        if (trouble.kind() != StoreTrouble.Kind.BUSY || tries == 1) {
          throw trouble;
        }
      }
    }
  }

  private static OpenStore openOnce(
      Settings.Storage storage,
      Supplier<Policy> policy,
      InstantSource clock,
      Consumer<KeyEvent> news) {
    var database = Database.open(storage.dataDir(), storage.database(), clock);
    var opened = false;
    try {
      var pools = new Pools(policy.get(), new SplittableRandom(), database.changes(), news);
      var master =
          MasterKey.obtain(
              storage.masterKey().map(Secret::reveal), storage.masterKeyFile(), database);
      var vault = Vault.open(database, master);
      var keyring = Keyring.open(database, vault, pools, clock);
      var issued = IssuedKeys.open(database, vault, clock);
      var resources = ResourceTable.open(database);
      var history = new History(database, clock);
      var journal = journal(storage.dataDir().resolve("ledger"), history.mark());
      var written = HistoryWriter.on(database, journal);
      var stored =
          new OpenStore(
              database,
              pools,
              keyring,
              issued,
              resources,
              journal,
              written,
              history,
              elsewhere(database));
      opened = true;
      return stored;
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  private static Optional<SpentElsewhere> elsewhere(Database database) {
    return switch (database.engine().dialect()) {
      case SQLITE -> Optional.empty();
      case POSTGRESQL -> Optional.of(SpentElsewhere.from(database));
    };
  }

  /// Takes over what other instances wrote. Throws [io.onebalance.store.StoreTrouble].
  public void catchUp() {
    keyring.following().catchUp();
    issued.catchUp();
    resources.catchUp(database);
    elsewhere.ifPresent(SpentElsewhere::catchUp);
  }

  private static Journal journal(Path directory, long applied) {
    try {
      return Journal.open(directory, applied);
    } catch (IOException trouble) {
      throw new CannotOpen("the ledger in " + directory + " cannot be opened: " + trouble, trouble);
    }
  }

  /// Writes what was learnt, and closes. What the disk does not take of the journal stays in it.
  @Override
  public void close() {
    keyring.close();
    database.close();
    try {
      journal.close();
    } catch (IOException trouble) {
      throw new CannotOpen("the ledger could not be closed: " + trouble.getMessage(), trouble);
    }
  }
}
