package io.onebalance.store.history;

import io.onebalance.access.limit.Elsewhere;
import io.onebalance.access.limit.Spent;
import io.onebalance.store.Database;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What gateway keys spent at other instances since this one started, as they tell it about twice a
/// second. What was spent before is in the sums. Asked in memory by event loops; thread-safe.
///
/// What is counted by others while this one reads the sums at its start may count twice: a budget
/// is then met a moment early, never late.
public final class SpentElsewhere implements Elsewhere {
  private record Told(long seq, String key, long began, Spent spent) {}

  private final Database database;
  private final Map<String, SpentByTime> byKey = new ConcurrentHashMap<>();
  private long seen;

  private SpentElsewhere(Database database) {
    this.database = database;
  }

  /// Begins after what is told already.
  public static SpentElsewhere from(Database database) {
    var elsewhere = new SpentElsewhere(database);
    elsewhere.seen =
        database.read(handle ->
            handle
                .createQuery("SELECT COALESCE(MAX(seq), 0) FROM spendings")
                .mapTo(Long.class)
                .one());
    return elsewhere;
  }

  /// Takes over what was told since. Throws [io.onebalance.store.StoreTrouble].
  public synchronized void catchUp() {
    var told =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT seq, gateway_key, began, nanos, tokens FROM spendings"
                        + " WHERE seq > ? AND instance <> ? ORDER BY seq")
                .bind(0, seen)
                .bind(1, database.engine().instance())
                .map((row, _) ->
                    new Told(
                        row.getLong("seq"),
                        row.getString("gateway_key"),
                        row.getLong("began"),
                        new Spent(row.getLong("nanos"), row.getLong("tokens"), 0)))
                .list());
    for (var one : told) {
      byKey.computeIfAbsent(one.key, _ -> new SpentByTime()).add(one.began, one.spent);
      seen = one.seq;
    }
  }

  @Override
  public Spent since(String key, Instant from) {
    var spent = byKey.get(key);
    return spent == null ? Spent.NOTHING : spent.since(from.getEpochSecond());
  }
}
