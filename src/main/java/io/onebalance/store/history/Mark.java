package io.onebalance.store.history;

import io.onebalance.store.Database;
import org.jdbi.v3.core.Handle;

/// How far the journal is counted in the tables, and the number of the request counted last.
record Mark(long position, long newest) {
  static Mark read(Database database) {
    return database.read(handle ->
        handle
            .createQuery("SELECT position, newest FROM ledger_mark")
            .map((row, _) -> new Mark(row.getLong("position"), row.getLong("newest")))
            .one());
  }

  void write(Handle handle) {
    handle.execute("UPDATE ledger_mark SET position = ?, newest = ?", position, newest);
  }
}
