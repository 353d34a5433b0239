package io.onebalance.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.onebalance.files.PrivateFiles;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.DatabaseFile;
import io.onebalance.store.file.LockFile;
import io.onebalance.store.file.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/// The SQLite database of this process: one connection that writes, a few that read, and the lock
/// file that keeps other servers off. Other programs may read the file meanwhile. Thread-safe.
public final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final String SQLITE = "sqlite:";

  private final DatabaseFile file;
  private final LockFile lock;
  private final @Nullable Object identity;
  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final Jdbi writing;
  private final Jdbi reading;

  /// Fair, so that many small edits do not keep one waiting for ever.
  private final ReentrantLock alone = new ReentrantLock(true);

  private final Changes changes = new Changes();
  private final WriteBehind behind;
  private volatile @Nullable StoreTrouble trouble;

  private Database(DatabaseFile file, LockFile lock, Terms terms) {
    this.file = file;
    this.lock = lock;
    this.identity = file.identity();
    this.writer = pool(file, 1, "PRAGMA query_only = OFF");
    this.readers = pool(file, READERS, "PRAGMA query_only = ON");
    this.writing = jdbi(writer);
    this.reading = jdbi(readers);
    this.behind = new WriteBehind(this, terms.pace());
  }

  /// Opens the database that `url` names (`sqlite:PATH`, where `{data}` stands for the directory),
  /// making it where there is none. Throws [CannotOpen] with a sentence that helps when it is in
  /// use, damaged, or newer than this program; it is then left as it was.
  public static Database open(Path dataDir, String url, InstantSource clock) {
    return open(dataDir, url, clock, Terms.USUAL);
  }

  static Database open(Path dataDir, String url, InstantSource clock, Terms terms) {
    var path = path(dataDir, url);
    try {
      PrivateFiles.makeDirectory(dataDir);
      var lock = LockFile.take(path.resolveSibling(path.getFileName() + ".lock"));
      NativeLibrary.keepIn(dataDir.resolve("native"));
      return open(new DatabaseFile(path, terms.patience()), lock, clock, terms);
    } catch (IOException trouble) {
      throw new CannotOpen("the database " + path + " cannot be opened: " + trouble, trouble);
    }
  }

  private static Database open(DatabaseFile file, LockFile lock, InstantSource clock, Terms terms)
      throws IOException {
    var opened = false;
    try {
      PrivateFiles.makeFile(file.path());
      terms.schema().bring(file, file.examine(), clock.instant());
      var database = new Database(file, lock, terms);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static Path path(Path dataDir, String url) {
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      throw new CannotOpen("DATABASE_URL has to be sqlite:PATH; other databases are not supported");
    }
    return Path.of(url.substring(SQLITE.length()).replace("{data}", dataDir.toString()));
  }

  /// Connections are never recycled: a new one could find another file under the same name.
  private static HikariDataSource pool(DatabaseFile file, int size, String first) {
    var config = new HikariConfig();
    config.setDataSource(file.source());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(Math.max(250, file.patience().toMillis()));
    config.setConnectionInitSql(first);
    return new HikariDataSource(config);
  }

  /// One set of values serves several statements, so not each uses all.
  private static Jdbi jdbi(HikariDataSource source) {
    return Jdbi.create(source).configure(SqlStatements.class, c -> c.setUnusedBindingAllowed(true));
  }

  /// For the store's own packages: one transaction that may write, whole or not at all, on the disk
  /// when it returns. Throws [StoreTrouble].
  public <T> T write(HandleCallback<T, RuntimeException> work) {
    return alone(() -> {
      refuseWhenGone();
      var done = told(() -> writing.inTransaction(work));
      trouble = null;
      return done;
    });
  }

  /// For the store's own packages: reads what is committed; never waits for a writer.
  public <T> T read(HandleCallback<T, RuntimeException> work) {
    return told(() -> reading.withHandle(work));
  }

  /// For the store's own packages: does several things with no other write in between. Waits for
  /// its turn, but not for long.
  public <T> T alone(Supplier<T> work) {
    take();
    try {
      return work.get();
    } finally {
      alone.unlock();
    }
  }

  private void take() {
    try {
      if (!alone.tryLock(file.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreTrouble(StoreTrouble.Kind.BUSY, "a large edit is being written; try again");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoreTrouble(StoreTrouble.Kind.BUSY, "stopped while waiting for the database");
    }
  }

  private <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException failed) {
      throw noted(StoreTrouble.of(failed));
    }
  }

  private StoreTrouble noted(StoreTrouble told) {
    trouble = told;
    return told;
  }

  private void refuseWhenGone() {
    var now = file.identity();
    if (now == null || !now.equals(identity)) {
      throw noted(
          new StoreTrouble(
              StoreTrouble.Kind.AWAY,
              "the database file " + file.path() + " was deleted or replaced; restart"));
    }
  }

  /// Sees whether the disk is well: the file is in its place and, after trouble, takes a write.
  void look() {
    refuseWhenGone();
    if (trouble != null) {
      write(handle -> handle.execute("UPDATE vault SET wrapped = wrapped"));
    }
  }

  /// The last trouble, until a write succeeds again: requests go on, edits do not.
  public Optional<StoreTrouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /// For the store's own packages: a file beside the database, named after it.
  public Path beside(String suffix) {
    return file.path().resolveSibling(file.path().getFileName() + suffix);
  }

  /// Where live state says that it is newer than its row.
  public Changes changes() {
    return changes;
  }

  /// For the store's own packages: who writes what was learnt.
  public WriteBehind behind() {
    return behind;
  }

  @Override
  public void close() {
    behind.close();
    readers.close();
    writer.close();
    try {
      lock.close();
    } catch (IOException trouble) {
      throw new CannotOpen("the lock file could not be closed: " + trouble.getMessage(), trouble);
    }
  }
}
