package io.onebalance;

import io.onebalance.key.Policy;
import io.onebalance.key.Pools;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.Database;
import io.onebalance.store.Keyring;
import io.onebalance.store.MasterKey;
import io.onebalance.store.ResourceTable;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// What is stored, together with its live side.
record OpenStore(Database database, Pools pools, Keyring keyring, ResourceTable resources)
    implements AutoCloseable {

  /// Opens all or nothing: where one part cannot be opened, the database is free again.
  /// `changedKeyId` hears of each key whose standing changed; it has to be quick.
  static OpenStore open(
      Settings.Storage storage, Policy policy, InstantSource clock, Consumer<String> changedKeyId) {
    var database = Database.open(storage.dataDir(), storage.database(), clock);
    var opened = false;
    try {
      var pools =
          new Pools(policy, new SplittableRandom(), database.changes().andThen(changedKeyId));
      var master =
          MasterKey.obtain(
              storage.masterKey().map(Secret::reveal), storage.masterKeyFile(), database);
      var keyring = Keyring.open(database, master, pools, clock);
      var stored = new OpenStore(database, pools, keyring, ResourceTable.open(database));
      opened = true;
      return stored;
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  /// Writes what was learnt, and closes.
  @Override
  public void close() {
    keyring.close();
    database.close();
  }
}
