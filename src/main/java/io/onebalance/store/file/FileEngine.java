package io.onebalance.store.file;

import com.zaxxer.hikari.HikariConfig;
import io.onebalance.files.PrivateFiles;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// An SQLite file and the lock file that keeps other servers off. Other programs may read the file
/// meanwhile.
public final class FileEngine implements Engine {
  public static final String SCHEME = "sqlite:";

  private static final int READERS = 4;

  /// Pages that the write-ahead log may hold before they are brought to their place, 4 MiB.
  private static final int SETTLED_FROM = 1_000;

  /// Whoever commits does it himself from so many on, 64 MiB: nobody else seems to.
  private static final int OVERDUE_FROM = 16_000;

  private final DatabaseFile file;
  private final LockFile lock;
  private final @Nullable Object identity;

  private FileEngine(DatabaseFile file, LockFile lock) {
    this.file = file;
    this.lock = lock;
    this.identity = file.identity();
  }

  /// Opens the file that `url` names (`sqlite:PATH`, where `{data}` stands for the directory), or
  /// makes it. Throws [CannotOpen] when it is in use, damaged, or newer than this program; it is
  /// then left as it was.
  public static FileEngine open(
      Path dataDir, String url, Duration patience, Schema schema, Instant now) {
    var path = path(dataDir, url);
    try {
      PrivateFiles.makeDirectory(dataDir);
      var lock = LockFile.take(path.resolveSibling(path.getFileName() + ".lock"));
      NativeLibrary.keepIn(dataDir.resolve("native"));
      return open(new DatabaseFile(path, patience), lock, schema, now);
    } catch (IOException trouble) {
      throw new CannotOpen("the database " + path + " cannot be opened: " + trouble, trouble);
    }
  }

  private static FileEngine open(DatabaseFile file, LockFile lock, Schema schema, Instant now)
      throws IOException {
    var opened = false;
    try {
      PrivateFiles.makeFile(file.path());
      schema.bring(file, file.examine(), now);
      opened = true;
      return new FileEngine(file, lock);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static Path path(Path dataDir, String url) {
    if (url.length() == SCHEME.length()) {
      throw new CannotOpen("DATABASE_URL has to be sqlite:PATH or postgresql://…");
    }
    return Path.of(url.substring(SCHEME.length()).replace("{data}", dataDir.toString()));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public HikariConfig writer() {
    return connections(1, "PRAGMA wal_autocheckpoint = " + OVERDUE_FROM);
  }

  @Override
  public HikariConfig readers() {
    return connections(READERS, "PRAGMA query_only = ON");
  }

  @Override
  public Optional<String> beforeReading() {
    return Optional.empty();
  }

  /// Connections are never recycled: a new one could find another file under the same name.
  private HikariConfig connections(int most, String first) {
    var config = new HikariConfig();
    config.setDataSource(file.source());
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(Math.max(250, file.patience().toMillis()));
    config.setConnectionInitSql(first);
    return config;
  }

  /// A passive checkpoint: neither writers nor readers wait for it.
  @Override
  public void settle(Handle handle) {
    if (unsettled(handle, "NOOP") >= SETTLED_FROM) {
      unsettled(handle, "PASSIVE");
    }
  }

  /// How many pages are in the log alone, after a checkpoint of that kind.
  private static long unsettled(Handle handle, String kind) {
    return handle
        .createQuery("PRAGMA wal_checkpoint(" + kind + ")")
        .map((row, _) -> row.getLong("log") - row.getLong("checkpointed"))
        .one();
  }

  @Override
  public Optional<String> gone() {
    var now = file.identity();
    return now == null || !now.equals(identity)
        ? Optional.of("the database file " + file.path() + " was deleted or replaced; restart")
        : Optional.empty();
  }

  /// There is no other.
  @Override
  public String instance() {
    return "alone";
  }

  @Override
  public Path beside(String suffix) {
    return file.path().resolveSibling(file.path().getFileName() + suffix);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException trouble) {
      throw new CannotOpen("the lock file could not be closed: " + trouble.getMessage(), trouble);
    }
  }
}
