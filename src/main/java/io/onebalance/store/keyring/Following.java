package io.onebalance.store.keyring;

import io.onebalance.store.Database;
import io.onebalance.store.keyring.KeyTable.Row;
import io.onebalance.store.standing.LearntLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Follows what other instances write about keys and their limits: what is numbered higher than
/// what was read last. Numbers are committed in their order, so none is missed. Thread-safe.
public final class Following {
  /// Rows read at once. So few that the server takes the index also where it has not yet counted
  /// the keys that were just imported: with 2,000 it went through all of them for each piece of
  /// news.
  private static final int MOST = 500;

  private static final String NEWEST =
      "SELECT GREATEST((SELECT COALESCE(MAX(changed), 0) FROM keys),"
          + " (SELECT COALESCE(MAX(changed), 0) FROM gone),"
          + " (SELECT COALESCE(MAX(changed), 0) FROM learnt_limits))";

  private record Numbered(long number, Row row) {}

  private final Database database;
  private final KeyTable table;
  private final Living living;
  private final InstantSource clock;
  private long seen;

  Following(Database database, KeyTable table, Living living, InstantSource clock) {
    this.database = database;
    this.table = table;
    this.living = living;
    this.clock = clock;
  }

  /// What is there now is about to be read as a whole.
  void begin() {
    seen = database.read(Following::newest);
  }

  private static long newest(Handle handle) {
    return handle.createQuery(NEWEST).mapTo(Long.class).one();
  }

  /// Brings the live keys up to what is written, all of it. Throws [StoreTrouble].
  public void catchUp() {
    while (step()) {}
  }

  /// What is read, and up to which number; `whole` where there is no more.
  private record News(
      List<Numbered> rows,
      List<String> gone,
      Map<String, LearntLimits.Row> limits,
      long upTo,
      boolean whole) {}

  /// Whether there is more. Nobody waits while it is read: what is written here meanwhile makes it
  /// old, and it is read anew.
  private boolean step() {
    var before = database.writes();
    var news = database.read(this::news);
    return database.alone(() -> {
      if (database.writes() != before) {
        return true;
      }
      news.gone.forEach(living::follow);
      var now = clock.instant();
      news.rows.forEach(numbered -> living.follow(numbered.row, now));
      news.limits.forEach(living::follow);
      seen = news.upTo;
      return !news.whole;
    });
  }

  private News news(Handle handle) {
    var newest = newest(handle);
    if (newest <= seen) {
      return new News(List.of(), List.of(), Map.of(), seen, true);
    }
    var rows = rows(handle);
    var whole = rows.size() < MOST;
    var upTo = whole ? newest : rows.getLast().number;
    var limits = LearntLimits.since(handle, seen, upTo);
    return new News(rows, gone(handle, upTo), limits, upTo, whole);
  }

  private List<Numbered> rows(Handle handle) {
    RowMapper<Row> mapper = table.rows();
    return handle
        .createQuery(
            "SELECT changed, "
                + KeyTable.COLUMNS
                + " FROM keys WHERE changed > ? ORDER BY changed LIMIT "
                + MOST)
        .bind(0, seen)
        .map((row, context) -> new Numbered(row.getLong("changed"), mapper.map(row, context)))
        .list();
  }

  private List<String> gone(Handle handle, long upTo) {
    return handle
        .createQuery("SELECT id FROM gone WHERE changed > ? AND changed <= ?")
        .bind(0, seen)
        .bind(1, upTo)
        .mapTo(String.class)
        .list();
  }
}
