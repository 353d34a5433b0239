package io.onebalance.store.keyring;

import io.onebalance.store.engine.Dialect;
import io.onebalance.store.keyring.KeyTable.Name;
import io.onebalance.store.keyring.KeyTable.Row;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Sort;
import io.onebalance.store.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Finds keys: filtered, sorted, page by page. All text from outside is bound, never put into the
/// SQL. A page begins where the one before ended (its last value and id), so that the last page of
/// many costs what the first one does and no row is shown twice when others come or go.
final class KeyList {
  private final Vault vault;
  private final KeyTable table;

  KeyList(Vault vault, KeyTable table) {
    this.vault = vault;
    this.table = table;
  }

  /// `next` is the cursor of the page after this one, empty at the end.
  record Found(List<Row> rows, long total, String next) {}

  Found page(Handle handle, Filter filter, Sort sort, String cursor, int limit, Instant now) {
    var names = ends(handle, filter, sort, cursor, limit + 1, now);
    var more = names.size() > limit;
    var shown = more ? names.subList(0, limit) : names;
    var next = more ? shown.getLast().cursor(sort) : "";
    var rows = rows(handle, shown.stream().map(End::id).toList());
    return new Found(rows, total(handle, filter, now), next);
  }

  /// The ids of a page alone; nothing is counted and nothing decrypted.
  Keyring.Ids ids(Handle handle, Filter filter, Sort sort, String cursor, int limit, Instant now) {
    var ends = ends(handle, filter, sort, cursor, limit, now);
    var next = ends.size() < limit ? "" : ends.getLast().cursor(sort);
    return new Keyring.Ids(ends.stream().map(End::id).toList(), next);
  }

  List<Name> names(Handle handle, Filter filter, Instant now) {
    return query(
            handle, "SELECT id, provider FROM keys WHERE " + where(handle, filter), filter, now)
        .map((row, _) -> new Name(row.getString("id"), row.getString("provider")))
        .list();
  }

  private long total(Handle handle, Filter filter, Instant now) {
    return query(handle, "SELECT COUNT(*) FROM keys WHERE " + where(handle, filter), filter, now)
        .mapTo(Long.class)
        .one();
  }

  /// Where a page ends: the value it is sorted by, and the id that tells equals apart.
  private record End(String id, String value) {
    String cursor(Sort sort) {
      var text = String.join("\n", sort.by().name(), id, value);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static End of(String cursor, Sort sort) {
      try {
        var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        var parts = text.split("\n", 3);
        if (parts.length == 3 && parts[0].equals(sort.by().name()) && text.indexOf('\0') < 0) {
          return new End(parts[1], sort.by().numeric() ? number(parts[2]) : parts[2]);
        }
      } catch (IllegalArgumentException neitherBase64NorNumber) {
        throw refusal();
      }
      throw refusal();
    }

    private static String number(String value) {
      return Long.toString(Long.parseLong(value));
    }

    private static IllegalArgumentException refusal() {
      return new IllegalArgumentException(
          "cursor: not one that was given out for this sort; leave it out to begin anew");
    }
  }

  private List<End> ends(
      Handle handle, Filter filter, Sort sort, String cursor, int limit, Instant now) {
    var by = sort.by().column();
    var sql =
        "SELECT id, %s AS value FROM keys WHERE %s%s ORDER BY value %s, id %s LIMIT :limit"
            .formatted(by, where(handle, filter), after(sort, cursor), sort.order(), sort.order());
    var query = query(handle, sql, filter, now).bind("limit", limit);
    if (!cursor.isEmpty()) {
      var end = End.of(cursor, sort);
      query.bind("afterValue", end.value).bind("afterId", end.id);
    }
    return query.map((row, _) -> new End(row.getString("id"), row.getString("value"))).list();
  }

  private static String after(Sort sort, String cursor) {
    if (cursor.isEmpty()) {
      return "";
    }
    var value = sort.by().numeric() ? "CAST(:afterValue AS BIGINT)" : ":afterValue";
    return " AND (%s, id) %s (%s, :afterId)"
        .formatted(sort.by().column(), sort.descending() ? "<" : ">", value);
  }

  private List<Row> rows(Handle handle, List<String> ids) {
    var byId = new HashMap<String, Row>();
    for (var row : table.rows(handle, ids)) {
      byId.put(row.held().key().id(), row);
    }
    return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
  }

  private static String where(Handle handle, Filter filter) {
    var where = new StringBuilder(filter.provider().isEmpty() ? "TRUE" : "provider = :provider");
    switch (filter.status()) {
      case Filter.ACTIVE ->
          where.append(" AND status = 'active' AND cooling_until <= :now AND set_aside = 0");
      case Filter.COOLING ->
          where.append(" AND status = 'active' AND (cooling_until > :now OR set_aside <> 0)");
      case Filter.BLOCKED -> where.append(" AND status <> 'active'");
      default -> {} // the filter lets nothing else through but "any"
    }
    if (!filter.text().isEmpty()) {
      where.append(
          """
           AND (remark $ :like ESCAPE '!' OR key_tail $ :like ESCAPE '!'
               OR id IN (SELECT id FROM keys WHERE key_hash = :hash))\
          """
              .replace("$", Dialect.of(handle).like()));
    }
    return where.toString();
  }

  private Query query(Handle handle, String sql, Filter filter, Instant now) {
    return handle.createQuery(sql).bindMap(values(filter, now));
  }

  private Map<String, Object> values(Filter filter, Instant now) {
    return Map.of(
        "provider", filter.provider(),
        "now", now.getEpochSecond(),
        "like", "%" + escaped(filter.text()) + "%",
        "hash", vault.hash(filter.text()));
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
