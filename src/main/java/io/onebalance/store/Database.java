package io.onebalance.store;

import com.zaxxer.hikari.HikariDataSource;
import io.onebalance.store.engine.Engine;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.FileEngine;
import io.onebalance.store.postgres.PostgresEngine;
import io.onebalance.store.postgres.PostgresUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/// The database of this process: one connection that writes, and a few that read. What it stands
/// on, a file of its own or a server that others use too, is the engine's affair. Thread-safe.
public final class Database implements AutoCloseable {
  private final Engine engine;
  private final Duration patience;
  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final Jdbi writing;
  private final Jdbi reading;

  /// Fair, so that many small edits do not keep one waiting for ever.
  private final ReentrantLock alone = new ReentrantLock(true);

  private final Changes changes = new Changes();
  private final WriteBehind behind;
  private final AtomicLong writes = new AtomicLong();
  private volatile @Nullable StoreTrouble trouble;

  private Database(Engine engine, Terms terms) {
    this.engine = engine;
    this.patience = terms.patience();
    this.writer = new HikariDataSource(engine.writer());
    this.readers = new HikariDataSource(engine.readers());
    this.writing = jdbi(writer);
    this.reading = jdbi(readers);
    this.behind = new WriteBehind(this, terms.pace());
  }

  /// Opens the database that `url` names (`sqlite:PATH`, where `{data}` stands for the directory,
  /// or `postgresql://…`), making its tables where there are none. Throws [CannotOpen] with a
  /// sentence that helps when it cannot be used; it is then left as it was. Waits for a server that
  /// cannot be reached.
  public static Database open(Path dataDir, String url, InstantSource clock) {
    return open(dataDir, url, clock, Terms.USUAL);
  }

  public static Database open(Path dataDir, String url, InstantSource clock, Terms terms) {
    return new Database(engine(dataDir, url, clock, terms), terms);
  }

  private static Engine engine(Path dataDir, String url, InstantSource clock, Terms terms) {
    if (PostgresUrl.is(url)) {
      return PostgresEngine.open(dataDir, url, terms.schema());
    }
    if (!url.startsWith(FileEngine.SCHEME)) {
      throw new CannotOpen("DATABASE_URL has to be sqlite:PATH or postgresql://…");
    }
    return FileEngine.open(dataDir, url, terms.patience(), terms.schema(), clock.instant());
  }

  /// One set of values serves several statements, so not each uses all.
  private Jdbi jdbi(HikariDataSource source) {
    var jdbi =
        Jdbi.create(source).configure(SqlStatements.class, c -> c.setUnusedBindingAllowed(true));
    return engine.dialect().spokenBy(jdbi);
  }

  /// For the store's own packages: one transaction that may write, whole or not at all, on the disk
  /// when it returns. Throws [StoreTrouble].
  public <T> T write(HandleCallback<T, RuntimeException> work) {
    return alone(() -> {
      refuseWhenGone();
      var done = told(() -> writing.inTransaction(handle -> inTurn(handle, work)));
      trouble = null;
      writes.incrementAndGet();
      return done;
    });
  }

  private <T> T inTurn(Handle handle, HandleCallback<T, RuntimeException> work) {
    engine.dialect().takeTurn(handle, patience.toMillis());
    return work.withHandle(handle);
  }

  /// For the store's own packages: reads what is committed; never waits for a writer.
  public <T> T read(HandleCallback<T, RuntimeException> work) {
    var first = engine.beforeReading();
    return first.isEmpty()
        ? told(() -> reading.withHandle(work))
        : told(() -> reading.inTransaction(handle -> after(first.get(), handle, work)));
  }

  private static <T> T after(
      String first, Handle handle, HandleCallback<T, RuntimeException> work) {
    handle.execute(first);
    return work.withHandle(handle);
  }

  /// For the store's own packages: reads much, row by row, as it was at one moment.
  public <T> T walk(HandleCallback<T, RuntimeException> work) {
    return switch (engine.dialect()) {
      case SQLITE -> read(work);
      case POSTGRESQL -> told(() -> reading.inTransaction(handle -> atOneMoment(handle, work)));
    };
  }

  private <T> T atOneMoment(Handle handle, HandleCallback<T, RuntimeException> work) {
    engine.dialect().atOneMoment(handle);
    engine.beforeReading().ifPresent(handle::execute);
    return work.withHandle(handle);
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

  /// For the store's own packages: whether somebody of this process waits for its turn to write.
  /// What can stop in the middle stops then.
  public boolean isAwaited() {
    return alone.hasQueuedThreads();
  }

  /// How much was written by this process: what was read before the last of it may be old.
  public long writes() {
    return writes.get();
  }

  private void take() {
    try {
      if (!alone.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
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

  /// What was asked wrongly says nothing of the database.
  private StoreTrouble noted(StoreTrouble told) {
    if (told.kind() != StoreTrouble.Kind.MEANINGLESS) {
      trouble = told;
    }
    return told;
  }

  private void refuseWhenGone() {
    var gone = engine.gone();
    if (gone.isPresent()) {
      throw noted(new StoreTrouble(StoreTrouble.Kind.AWAY, gone.get()));
    }
  }

  /// Brings what was written to its place, so that nobody who commits has to.
  void settle() {
    read(handle -> {
      engine.settle(handle);
      return true;
    });
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

  /// For the store's own packages: a file of this process, named after the database.
  public Path beside(String suffix) {
    return engine.beside(suffix);
  }

  /// For those who use what only one of the databases can do.
  public Engine engine() {
    return engine;
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
    engine.close();
  }
}
