package io.onebalance.store.history;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.Database;
import io.onebalance.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/// A history on a real file with a real journal, and a clock that stands still.
final class Past implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T12:34:56Z");

  final Path dir;
  final Database database;
  final Journal journal;
  final HistoryWriter writer;
  final History history;

  private final Store store;

  private Past(Store store, Path dir) {
    this.store = store;
    this.dir = dir;
    this.database = Database.open(dir, store.url(dir), InstantSource.system());
    this.history = new History(database, () -> NOW);
    try {
      this.journal = Journal.open(dir.resolve("ledger"), history.mark());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    this.writer = HistoryWriter.on(database, journal);
  }

  static Past in(Store store, Path dir) {
    return new Past(store, dir);
  }

  void happened(Iterable<Entry> entries) {
    entries.forEach(journal::write);
    database.behind().flush();
  }

  /// What somebody with another program does to the file.
  void outside(String sql) {
    try (var connection = store.outsider(dir);
        var statement = connection.createStatement()) {
      if (store == Store.SQLITE) {
        statement.execute("PRAGMA busy_timeout = 10000");
      }
      statement.execute(sql);
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  long number(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
    try {
      journal.close();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
