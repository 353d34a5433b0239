package io.onebalance.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import io.onebalance.files.PrivateFiles;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.engine.Engine;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.LockFile;
import io.onebalance.store.file.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database on a PostgreSQL server, which several instances may use at once.
public final class PostgresEngine implements Engine {
  private static final Logger log = LoggerFactory.getLogger(PostgresEngine.class);

  private static final int READERS = 4;

  /// Who edits or asks in the console is told within two seconds that there is no connection (F60).
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// As long as who reads waits at a lock that another holds: a script, or somebody by hand.
  private static final Duration LONGEST_LOCK = Duration.ofMillis(1500);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// How somebody waits.
  @FunctionalInterface
  interface Pause {
    void rest(Duration time) throws InterruptedException;
  }

  private final PostgresUrl url;
  private final Path dataDir;
  private final String instance;
  private final LockFile lock;
  private final FirstKept toRead;

  private PostgresEngine(
      PostgresUrl url, Path dataDir, String instance, LockFile lock, Connection kept) {
    this.url = url;
    this.dataDir = dataDir;
    this.instance = instance;
    this.lock = lock;
    this.toRead = new FirstKept(url.source(), kept);
  }

  /// Waits until the server can be reached, saying so, and brings its tables to the newest schema.
  /// Throws [CannotOpen] where waiting would not help: a wrong password, missing rights, a server
  /// too old, tables newer than this program, a directory that another process uses.
  public static PostgresEngine open(Path dataDir, String url, Schema schema) {
    return open(dataDir, url, schema, Thread::sleep);
  }

  static PostgresEngine open(Path dataDir, String url, Schema schema, Pause between) {
    var known = PostgresUrl.parse(url);
    var instance = instanceIn(dataDir);
    var lock = lock(dataDir);
    var opened = false;
    try {
      var kept = await(known, new Tables(known, schema), between);
      opened = true;
      return new PostgresEngine(known, dataDir, instance, lock, kept);
    } finally {
      if (!opened) {
        free(lock);
      }
    }
  }

  /// Two processes with one name would count each other's journal.
  private static LockFile lock(Path dataDir) {
    try {
      return LockFile.take(dataDir.resolve("instance.lock"));
    } catch (IOException trouble) {
      throw new CannotOpen("the folder " + dataDir + " cannot be used: " + trouble, trouble);
    }
  }

  private static void free(LockFile lock) {
    try {
      lock.close();
    } catch (IOException left) {
      log.warn("the lock of this instance could not be freed: {}", left.getMessage());
    }
  }

  /// The name of the process that has this directory, made where there is none. It is kept beside
  /// the ledger's journal: how far that is counted stands in the database, by this name.
  public static String instanceIn(Path dataDir) {
    var file = dataDir.resolve("instance");
    try {
      PrivateFiles.makeDirectory(dataDir);
      if (Files.notExists(file)) {
        PrivateFiles.write(file, UUID.randomUUID() + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException trouble) {
      throw new CannotOpen("the file " + file + " cannot be used: " + trouble, trouble);
    }
  }

  /// Gives the connection over which the tables were looked at.
  private static Connection await(PostgresUrl url, Tables tables, Pause between) {
    var pause = SHORTEST_PAUSE;
    while (true) {
      try {
        return looked(url, tables);
      } catch (SQLException trouble) {
        if (!Refusal.mayPass(trouble)) {
          throw Refusal.of(url, trouble);
        }
        log.warn(
            "waiting for {}, and serving nothing until then: {}",
            url.place(),
            Refusal.why(url, trouble));
      }
      rest(between, pause);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private static Connection looked(PostgresUrl url, Tables tables) throws SQLException {
    var connection = url.source().getConnection();
    var fits = false;
    try {
      tables.bring(connection);
      fits = true;
      return connection;
    } finally {
      if (!fits) {
        connection.close();
      }
    }
  }

  private static void rest(Pause between, Duration time) {
    try {
      between.rest(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CannotOpen("stopped while waiting for the database", stopped);
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public HikariConfig writer() {
    return connections(url.source(), 1, "writer");
  }

  @Override
  public HikariConfig readers() {
    var config = connections(toRead, READERS, "readers");
    config.setReadOnly(true);
    if (!url.bouncer()) {
      config.setConnectionInitSql("SET lock_timeout = " + LONGEST_LOCK.toMillis());
    }
    return config;
  }

  /// Who writes says so in each transaction. A pooler hands sessions on to others.
  @Override
  public Optional<String> beforeReading() {
    return url.bouncer()
        ? Optional.of("SET LOCAL lock_timeout = " + LONGEST_LOCK.toMillis())
        : Optional.empty();
  }

  /// A server that goes away is no reason to fail: the pool is asked again.
  private static HikariConfig connections(DataSource source, int most, String name) {
    var config = new HikariConfig();
    config.setPoolName("postgresql-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(PATIENCE.toMillis() / 2);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /// Nobody knows without trying. The server does so by itself.
  @Override
  public void settle(Handle handle) {}

  @Override
  public Optional<String> gone() {
    return Optional.empty();
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public Path beside(String suffix) {
    return dataDir.resolve("postgresql" + suffix);
  }

  public PostgresUrl url() {
    return url;
  }

  @Override
  public void close() {
    try {
      toRead.close();
    } catch (SQLException gone) {
      log.debug("it was closed already", gone);
    }
    free(lock);
  }
}
