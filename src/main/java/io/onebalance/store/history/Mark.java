package io.onebalance.store.history;

import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// How far the journal is counted in the tables, and the number of the request counted last.
record Mark(long position, long newest) {
  private static final RowMapper<Mark> MARK =
      (row, _) -> new Mark(row.getLong("position"), row.getLong("newest"));

  /// That of this process.
  static Mark read(Database database) {
    return database.read(handle -> read(handle, database.engine().instance()));
  }

  /// Of several instances each has a journal of its own; requests are numbered together.
  static Mark read(Handle handle, String instance) {
    return switch (Dialect.of(handle)) {
      case SQLITE -> handle.createQuery("SELECT position, newest FROM ledger_mark").map(MARK).one();
      case POSTGRESQL ->
          handle
              .createQuery(
                  """
                  SELECT COALESCE(SUM(position) FILTER (WHERE instance = :me), 0) AS position,
                    COALESCE(MAX(newest), 0) AS newest FROM ledger_mark\
                  """)
              .bind("me", instance)
              .map(MARK)
              .one();
    };
  }

  void write(Handle handle, String instance) {
    switch (Dialect.of(handle)) {
      case SQLITE ->
          handle.execute("UPDATE ledger_mark SET position = ?, newest = ?", position, newest);
      case POSTGRESQL ->
          handle.execute(
              """
              INSERT INTO ledger_mark (instance, position, newest) VALUES (?, ?, ?)
              ON CONFLICT (instance) DO UPDATE SET position = excluded.position, newest = excluded.newest\
              """,
              instance,
              position,
              newest);
    }
  }
}
