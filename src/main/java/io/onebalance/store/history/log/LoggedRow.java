package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Entry.Attempt;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Rows of the request log, read back as entries.
public final class LoggedRow {
  private static final String SELECT =
      """
      SELECT r.*, s.gateway_key, s.provider, s.model, k.key_id
      FROM requests r CROSS JOIN series s LEFT JOIN asked_keys k ON k.id = r.asked_key
      WHERE s.id = r.series AND
      """;

  private static final RowMapper<Logged> LOGGED =
      (row, _) -> new Logged(row.getLong("id"), entry(row));

  private LoggedRow() {}

  /// Those with these numbers, in falling order.
  public static List<Logged> read(Handle handle, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(SELECT + "r.id IN (<ids>) ORDER BY r.id DESC")
        .bindList("ids", ids)
        .map(LOGGED)
        .list();
  }

  /// The newest of that name.
  public static Optional<Logged> named(Handle handle, String requestId) {
    return handle
        .createQuery(SELECT + "r.request_id = :name ORDER BY r.id DESC LIMIT 1")
        .bind("name", requestId)
        .map(LOGGED)
        .findFirst();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var served = served(row);
    return new Entry(
        text(row, "request_id"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        text(row, "gateway_key"),
        asked(row, served.model()),
        served,
        new Entry.Ending(row.getInt("status"), Codes.HOWS.at(row.getInt("how"))),
        new Entry.Times(millis(row, "first_byte_ms"), millis(row, "total_ms")),
        tokens(row),
        cost(row),
        attempts(row, served),
        row.getInt("attempted"),
        Attempts.words(row.getString("dropped")));
  }

  private static Entry.Asked asked(ResultSet row, String served) throws SQLException {
    var model = text(row, "asked_model");
    return new Entry.Asked(
        Codes.KINDS.at(row.getInt("kind")),
        model.isEmpty() ? served : model,
        row.getInt("stream") > 0);
  }

  private static Entry.Served served(ResultSet row) throws SQLException {
    return new Entry.Served(
        text(row, "provider"),
        text(row, "model"),
        text(row, "key_id"),
        Codes.ROUTES.at(row.getInt("route")));
  }

  private static Tokens tokens(ResultSet row) throws SQLException {
    return new Tokens(
        row.getLong("input"),
        row.getLong("cached"),
        row.getLong("cache_written"),
        row.getLong("output"),
        row.getLong("reasoning"),
        Codes.SOURCES.at(row.getInt("tokens_from")));
  }

  private static Optional<Money> cost(ResultSet row) throws SQLException {
    var nanos = row.getLong("cost");
    return row.wasNull() ? Optional.empty() : Optional.of(new Money(nanos));
  }

  private static List<Attempt> attempts(ResultSet row, Entry.Served served) throws SQLException {
    var json = text(row, "attempts");
    if (!json.isEmpty()) {
      return Attempts.read(json);
    }
    if (row.getInt("attempted") == 0 || served.provider().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Attempt(
            served.provider(),
            served.keyId(),
            Attempts.SERVED,
            millis(row, "after_ms"),
            millis(row, "took_ms")));
  }

  private static Duration millis(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis(row.getLong(column));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? "" : text;
  }
}
