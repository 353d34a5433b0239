package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.secret.Secret;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.standing.Standings;
import io.onebalance.store.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/// The table `keys`, row by row. All of it runs within a transaction of the caller's.
final class KeyTable {
  static final String COLUMNS =
      """
      id, key, provider, account, remark, weight, created_at, updated_at, status, reason, since,
      set_aside, model_coolings, total_cooling_seconds, latency_ms, success_rate,
      consecutive_failures, last_checked_at, last_succeeded_at\
      """;

  /// A row as it was read. One that is not sound (its ciphertext is no ciphertext, or belongs to
  /// another row) has an empty secret and must never reach a pool.
  record Row(Held held, boolean sound) {
    Row with(Patch patch) {
      return new Row(new Held(patch.to(held.key()), held.standing(), held.updatedAt()), sound);
    }
  }

  /// A key by its name and the pool it lives in.
  record Name(String id, String provider) {}

  /// A key ready to be stored.
  record Fresh(ApiKey key, String sealed, byte[] hash) {}

  static final String BY_HAND = "by hand";
  static final String DAMAGED =
      "its ciphertext does not belong to this row; delete it, or restore the row from a backup";

  private static final String INSERT =
      """
      INSERT INTO keys (id, key, provider, account, remark, weight, created_at, updated_at,
                        key_hash, key_tail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (key_hash, provider) DO NOTHING\
      """;

  private static final int CHUNK = 10_000;
  private static final int AT_ONCE = 2_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Vault vault;

  KeyTable(Vault vault) {
    this.vault = vault;
  }

  /// For one question.
  RowMapper<Row> rows() {
    var opener = vault.opener();
    return (row, _) -> row(row, opener);
  }

  private static Row row(ResultSet row, Vault.Opener opener) throws SQLException {
    var id = Standings.text(row, "id");
    var secret = opener.unseal(id, Standings.text(row, "key"));
    var key =
        new ApiKey(
            id,
            Standings.text(row, "provider"),
            secret.orElse(new Secret("")),
            Standings.text(row, "account"),
            Standings.text(row, "remark"),
            Math.clamp(row.getLong("weight"), 1, ApiKey.HEAVIEST),
            Standings.time(row, "created_at"));
    var standing = secret.isPresent() ? Standings.read(row) : damaged(row);
    return new Row(new Held(key, standing, Standings.time(row, "updated_at")), secret.isPresent());
  }

  private static Standing damaged(ResultSet row) throws SQLException {
    var known = Standings.read(row);
    var blocked = new State.Blocked(DAMAGED, Standings.time(row, "since"));
    return new Standing(blocked, known.coolings(), known.totalCooling(), known.health());
  }

  void each(Handle handle, Consumer<Row> taker) {
    handle
        .createQuery("SELECT " + COLUMNS + " FROM keys")
        .setFetchSize(AT_ONCE)
        .map(rows())
        .forEach(taker);
  }

  Optional<Row> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM keys WHERE id = ?")
        .bind(0, id)
        .map(rows())
        .findOne();
  }

  List<Row> rows(Handle handle, List<String> ids) {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM keys WHERE " + Dialect.of(handle).among("id", "ids"))
        .bind("ids", JSON.writeValueAsString(ids))
        .map(rows())
        .list();
  }

  /// Whether the provider has this key already.
  static boolean has(Handle handle, Fresh fresh) {
    return handle
        .createQuery("SELECT 1 FROM keys WHERE key_hash = ? AND provider = ?")
        .bind(0, fresh.hash)
        .bind(1, fresh.key.provider())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Stores keys but those that their provider has already, and gives those that it stored. What
  /// prepares a statement is done once for all of them.
  static List<Fresh> insert(Handle handle, List<Fresh> fresh) {
    var stored = new ArrayList<Fresh>(fresh.size());
    for (var from = 0; from < fresh.size(); from += AT_ONCE) {
      var some = fresh.subList(from, Math.min(fresh.size(), from + AT_ONCE));
      var counts = inserted(handle, some);
      IntStream.range(0, some.size())
          .filter(i -> counts[i] == 1)
          .mapToObj(some::get)
          .forEach(stored::add);
    }
    return stored;
  }

  private static int[] inserted(Handle handle, List<Fresh> fresh) {
    try (var batch = handle.prepareBatch(INSERT)) {
      for (var one : fresh) {
        var key = one.key;
        var created = key.createdAt().getEpochSecond();
        batch.add(
            key.id(),
            one.sealed,
            key.provider(),
            key.account(),
            key.remark(),
            key.weight(),
            created,
            created,
            one.hash,
            key.secret().tail());
      }
      return batch.execute();
    }
  }

  /// Writes a patched row. The status of a damaged one stays: it must not come into use.
  static void patch(Handle handle, Row after, Patch patch, Instant now) {
    var key = after.held.key();
    handle.execute(
        "UPDATE keys SET remark = ?, account = ?, weight = ?, updated_at = ? WHERE id = ?",
        key.remark(),
        key.account(),
        key.weight(),
        now.getEpochSecond(),
        key.id());
    if (after.sound) {
      var name = List.of(new Name(key.id(), key.provider()));
      patch.status().ifPresent(status -> status(handle, name, status, now));
    }
  }

  private static void status(Handle handle, List<Name> name, String status, Instant now) {
    if (status.equals(Standings.BLOCKED)) {
      block(handle, name, BY_HAND, now);
    } else {
      activate(handle, name, now);
    }
  }

  static List<Name> named(Handle handle, List<String> ids) {
    return handle
        .createQuery("SELECT id, provider FROM keys WHERE " + Dialect.of(handle).among("id", "ids"))
        .bind("ids", JSON.writeValueAsString(ids))
        .map((row, _) -> new Name(row.getString("id"), row.getString("provider")))
        .list();
  }

  static void delete(Handle handle, List<Name> names) {
    change(handle, "DELETE FROM keys", Map.of(), names);
  }

  static void block(Handle handle, List<Name> names, String reason, Instant now) {
    change(
        handle,
        """
        UPDATE keys SET status = 'blocked', reason = :reason, since = :now, set_aside = 0,
                        updated_at = :now\
        """,
        Map.of("reason", reason, "now", now.getEpochSecond()),
        names);
  }

  static void activate(Handle handle, List<Name> names, Instant now) {
    change(
        handle,
        """
        UPDATE keys SET status = 'active', reason = NULL, since = 0, set_aside = 0,
                        updated_at = :now\
        """,
        Map.of("now", now.getEpochSecond()),
        names);
  }

  static void reset(Handle handle, List<Name> names, Instant now) {
    change(
        handle,
        "UPDATE keys SET model_coolings = NULL, cooling_until = 0, updated_at = :now",
        Map.of("now", now.getEpochSecond()),
        names);
  }

  private static void change(Handle handle, String sql, Map<String, ?> values, List<Name> names) {
    for (var from = 0; from < names.size(); from += CHUNK) {
      var ids = names.subList(from, Math.min(names.size(), from + CHUNK)).stream().map(Name::id);
      handle
          .createUpdate(sql + " WHERE " + Dialect.of(handle).among("id", "ids"))
          .bindMap(values)
          .bind("ids", JSON.writeValueAsString(ids.toList()))
          .execute();
    }
  }
}
