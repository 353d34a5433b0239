package io.onebalance.store.issue;

import io.onebalance.access.Permissions;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.store.issue.IssuedKey.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The rows of issued keys.
final class IssuedTable {
  private static final String COLUMNS =
      "id, name, key_hash, key_tail, former_hash, former_until, groups, limits, enabled,"
          + " expires_at, created_at, updated_at";

  private static final RowMapper<IssuedRow> ROW = (row, _) -> row(row);

  private IssuedTable() {}

  private static IssuedRow row(ResultSet row) throws SQLException {
    var former = Optional.ofNullable(row.getBytes("former_hash"));
    var expires = row.getLong("expires_at");
    var terms =
        new Terms(
            Permissions.ofIssued(row.getString("groups"), UnaryOperator.identity()),
            KeyLimits.parse(row.getString("limits")),
            row.getBoolean("enabled"),
            expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(expires)));
    var until = Instant.ofEpochSecond(row.getLong("former_until"));
    var key =
        new IssuedKey(
            row.getString("id"),
            row.getString("name"),
            row.getString("key_tail"),
            terms,
            former.map(_ -> until),
            Instant.ofEpochSecond(row.getLong("created_at")),
            Instant.ofEpochSecond(row.getLong("updated_at")));
    return new IssuedRow(key, row.getBytes("key_hash"), former);
  }

  /// In the order in which they were made.
  static List<IssuedRow> all(Handle handle) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM gateway_keys ORDER BY created_at, id")
        .map(ROW)
        .list();
  }

  static Optional<IssuedRow> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM gateway_keys WHERE id = ?")
        .bind(0, id)
        .map(ROW)
        .findOne();
  }

  static boolean isNamed(Handle handle, String name, String but) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM gateway_keys WHERE name = ? AND id <> ?)")
        .bind(0, name)
        .bind(1, but)
        .mapTo(Boolean.class)
        .one();
  }

  static int count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM gateway_keys").mapTo(Integer.class).one();
  }

  static void insert(Handle handle, IssuedRow row) {
    handle
        .createUpdate(
            "INSERT INTO gateway_keys ("
                + COLUMNS
                + ") VALUES (:id, :name, :hash, :tail, :former, :formerUntil, :groups, :limits,"
                + " :enabled, :expires, :created, :updated)")
        .bindMap(columns(row))
        .execute();
  }

  /// Writes the whole row in place of the one that is there.
  static void update(Handle handle, IssuedRow row) {
    handle
        .createUpdate(
            "UPDATE gateway_keys SET name = :name, key_hash = :hash, key_tail = :tail,"
                + " former_hash = :former, former_until = :formerUntil, groups = :groups,"
                + " limits = :limits, enabled = :enabled, expires_at = :expires,"
                + " updated_at = :updated WHERE id = :id")
        .bindMap(columns(row))
        .execute();
  }

  private static Map<String, @Nullable Object> columns(IssuedRow row) {
    var key = row.key();
    var columns = new HashMap<String, @Nullable Object>();
    columns.put("id", key.id());
    columns.put("name", key.name());
    columns.put("hash", row.hash());
    columns.put("tail", key.tail());
    columns.put("former", row.formerHash().orElse(null));
    columns.put("formerUntil", key.formerUntil().map(Instant::getEpochSecond).orElse(0L));
    columns.put("groups", Permissions.text(key.terms().groups()));
    columns.put("limits", key.terms().limits().text());
    columns.put("enabled", key.terms().enabled() ? 1 : 0);
    columns.put("expires", key.terms().expires().map(Instant::getEpochSecond).orElse(null));
    columns.put("created", key.createdAt().getEpochSecond());
    columns.put("updated", key.updatedAt().getEpochSecond());
    return columns;
  }

  static void delete(Handle handle, String id) {
    handle.execute("DELETE FROM gateway_keys WHERE id = ?", id);
  }
}
