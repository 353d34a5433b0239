package io.onebalance.store;

import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.store.file.Schema;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A store on a real file, with everything that belongs to it, and a clock that stands still.
public final class Rig implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  public static final String ACTOR = "a test";

  public final Path dir;
  public final Database database;
  public final Pools pools;
  public final Keyring keyring;
  public final Clock clock;

  public static final class Clock implements InstantSource {
    public Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Store store;

  private Rig(Store store, Path dir, Terms terms) {
    this(store, dir, store.url(dir), terms);
  }

  private Rig(Store store, Path dir, String url, Terms terms) {
    this.store = store;
    this.dir = dir;
    this.clock = new Clock();
    this.database = Database.open(dir, url, clock, terms);
    this.pools = new Pools(new Policy(2, 5), new Random(1), database.changes());
    this.keyring = opened();
  }

  private Keyring opened() {
    var done = false;
    try {
      var master = MasterKey.obtain(Optional.empty(), dir.resolve("master.key"), database);
      var opened = Keyring.open(database, Vault.open(database, master), pools, clock);
      done = true;
      return opened;
    } finally {
      if (!done) {
        database.close();
      }
    }
  }

  /// Nothing is written by itself.
  public static Rig in(Store store, Path dir) {
    return new Rig(store, dir, Terms.byHand());
  }

  /// On a file of SQLite's.
  public static Rig in(Path dir) {
    return in(Store.SQLITE, dir);
  }

  /// Another instance on the same database, with data of its own and the same master key.
  public Rig another(Path data) throws IOException {
    Files.createDirectories(data);
    Files.copy(
        dir.resolve("master.key"), data.resolve("master.key"), StandardCopyOption.COPY_ATTRIBUTES);
    return stranger(data);
  }

  /// The same without the master key.
  public Rig stranger(Path data) {
    return new Rig(store, data, store.url(dir), Terms.byHand());
  }

  /// Waits for nobody.
  public static Rig impatient(Store store, Path dir) {
    var terms = new Terms(Schema.CURRENT, Duration.ofMillis(20), Optional.empty());
    return new Rig(store, dir, terms);
  }

  /// Writes by itself, and hardly ever pauses.
  public static Rig restless(Store store, Path dir) {
    var pace = Optional.of(Duration.ofMillis(1));
    return new Rig(store, dir, new Terms(Schema.CURRENT, Duration.ofSeconds(10), pace));
  }

  /// Both.
  public static Rig restlessAndImpatient(Store store, Path dir) {
    var pace = Optional.of(Duration.ofMillis(1));
    return new Rig(store, dir, new Terms(Schema.CURRENT, Duration.ofMillis(20), pace));
  }

  public static Rig writing(Store store, Path dir) {
    return new Rig(store, dir, Terms.USUAL);
  }

  /// Adds a key and gives its id.
  public String add(String provider, String key) {
    return add(provider, key, "");
  }

  public String add(String provider, String key, String remark) {
    keyring.add(provider, List.of(new NewKey(key, remark, "")), ACTOR);
    return keyring
        .list(new Filter(provider, "", key), Sort.NEWEST_FIRST, "", 1)
        .keys()
        .getFirst()
        .key()
        .id();
  }

  /// Lets the pool know this of a key, as if it had learnt it.
  public void learn(String id, Standing standing) {
    var key = keyring.find(id).orElseThrow().key();
    pools.of(key.provider()).remove(id);
    pools.of(key.provider()).put(key, standing, clock.now);
    database.changes().accept(id);
  }

  public Standing standing(String id) {
    return keyring.find(id).orElseThrow().standing();
  }

  public List<String> secrets() {
    var secrets = new ArrayList<String>();
    var page = keyring.list(Filter.ANY, Sort.NEWEST_FIRST, "", 1000);
    while (true) {
      page.keys().forEach(held -> secrets.add(held.key().secret().reveal()));
      if (page.next().isEmpty()) {
        return secrets;
      }
      page = keyring.list(Filter.ANY, Sort.NEWEST_FIRST, page.next(), 1000);
    }
  }

  public static Selection ids(String... ids) {
    return new Selection.Ids(List.of(ids));
  }

  public static NewKey key(String key) {
    return new NewKey(key, "", "");
  }

  /// A connection as another program would open it.
  public Connection outsider() throws SQLException {
    return store.outsider(dir);
  }

  public void outside(String sql) {
    outside(store, dir, sql);
  }

  public static void outside(Path dir, String sql) {
    outside(Store.SQLITE, dir, sql);
  }

  private static void outside(Store store, Path dir, String sql) {
    try (var connection = store.outsider(dir);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  public String ask(String sql) {
    try (var connection = outsider();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var text = new StringBuilder();
      while (rows.next()) {
        for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(i > 1 ? "|" : "").append(rows.getString(i));
        }
        text.append('\n');
      }
      return text.toString().strip();
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  /// Runs a statement on the connection that writes, to bring it into trouble.
  public void onTheWriter(String sql) {
    database.write(handle -> handle.execute(sql));
  }

  @Override
  public void close() {
    keyring.close();
    database.close();
  }
}
