package io.onebalance.store.standing;

import io.onebalance.key.quota.gauge.Learnt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// What was learnt of the limits of keys, on its way to its rows and back: written where it differs
/// from what was written last. Thread-safe.
public final class LearntLimits {
  /// What is older than this is not believed any more.
  private static final Duration BELIEVED = Duration.ofDays(30);

  private static final String UPSERT =
      """
      INSERT INTO learnt_limits (key_id, limits, at) VALUES (:id, :limits, :at)
      ON CONFLICT (key_id) DO UPDATE SET limits = excluded.limits, at = excluded.at\
      """;

  /// What there is no row of says nothing.
  private static final int NOTHING = List.of().hashCode();

  /// The hash of what each row says. It is read at the start, by another thread than writes.
  private final Map<String, Integer> said = new HashMap<>();

  private Map<String, Integer> beingWritten = Map.of();
  private boolean tidied;

  /// What a row says, and when that was known.
  public record Row(List<Learnt> limits, Instant at) {}

  synchronized void write(Handle handle, Map<String, List<Learnt>> known, Instant now) {
    if (!tidied) {
      tidy(handle, now);
    }
    var news = new HashMap<String, Integer>();
    try (var batch = handle.prepareBatch(UPSERT)) {
      known.forEach((id, limits) -> {
        var hash = limits.hashCode();
        if (said.getOrDefault(id, NOTHING) != hash) {
          news.put(id, hash);
          batch
              .bind("id", id)
              .bind("limits", LearntJson.text(limits))
              .bind("at", now.getEpochSecond())
              .add();
        }
      });
      if (batch.size() > 0) {
        batch.execute();
      }
    }
    beingWritten = news;
  }

  /// The transaction is on the disk.
  synchronized void written() {
    tidied = true;
    said.putAll(beingWritten);
    beingWritten = Map.of();
  }

  synchronized void forget(String keyId) {
    said.remove(keyId);
  }

  /// Another instance may have written this row; false where it says what was written here.
  synchronized boolean hear(String keyId, Row row) {
    var hash = row.limits.hashCode();
    return !Integer.valueOf(hash).equals(said.put(keyId, hash));
  }

  /// Rows of keys that are gone, and old ones.
  private static void tidy(Handle handle, Instant now) {
    handle.execute(
        "DELETE FROM learnt_limits WHERE at < ? OR key_id NOT IN (SELECT id FROM keys)",
        now.minus(BELIEVED).getEpochSecond());
  }

  public static void each(Handle handle, BiConsumer<String, Row> taker) {
    handle
        .createQuery("SELECT key_id, limits, at FROM learnt_limits")
        .map((row, _) -> entry(row))
        .forEach(row -> taker.accept(row.getKey(), row.getValue()));
  }

  /// The rows with a number in this span.
  public static Map<String, Row> since(Handle handle, long seen, long upTo) {
    var rows = new LinkedHashMap<String, Row>();
    handle
        .createQuery(
            "SELECT key_id, limits, at FROM learnt_limits WHERE changed > ? AND changed <= ?")
        .bind(0, seen)
        .bind(1, upTo)
        .map((row, _) -> entry(row))
        .forEach(row -> rows.put(row.getKey(), row.getValue()));
    return rows;
  }

  private static Map.Entry<String, Row> entry(ResultSet row) throws SQLException {
    return Map.entry(
        row.getString("key_id"),
        new Row(LearntJson.limits(row.getString("limits")), Standings.time(row, "at")));
  }
}
