package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/// Rows of the request log on their way to the table. For one transaction.
public final class RequestRows implements AutoCloseable {
  private static final String COLUMNS =
      "id, series, asked_key, request_id, at_ms, kind, asked_model, stream, route, status, how,"
          + " first_byte_ms, total_ms, input, cached, cache_written, output, reasoning,"
          + " tokens_from, cost, attempted, after_ms, took_ms, attempts, dropped";

  private static final String SQL =
      "INSERT INTO requests (" + COLUMNS + ") VALUES (" + COLUMNS.replaceAll("[a-z_]+", "?") + ")";

  private final PreparedStatement insert;
  private int column;

  public RequestRows(Connection connection) throws SQLException {
    this.insert = connection.prepareStatement(SQL);
  }

  /// One row, with the numbers that stand for its series and its key.
  public record Row(long id, int series, int key, Entry entry) {}

  public void add(Row row) throws SQLException {
    column = 0;
    var entry = row.entry;
    number(row.id);
    number(row.series);
    number(row.key);
    text(entry.requestId());
    number(entry.at().toEpochMilli());
    asked(entry);
    ended(entry);
    tokens(entry);
    attempts(entry);
    text(entry.dropped().isEmpty() ? "" : Attempts.list(entry.dropped()));
    insert.addBatch();
  }

  private void asked(Entry entry) throws SQLException {
    var asked = entry.asked();
    number(Codes.KINDS.of(asked.kind()));
    text(asked.model().equals(entry.served().model()) ? "" : asked.model());
    number(asked.stream() ? 1 : 0);
    number(Codes.ROUTES.of(entry.served().route()));
  }

  private void ended(Entry entry) throws SQLException {
    number(entry.ending().status());
    number(Codes.HOWS.of(entry.ending().how()));
    number(entry.times().firstByte().toMillis());
    number(entry.times().total().toMillis());
  }

  private void tokens(Entry entry) throws SQLException {
    var tokens = entry.tokens();
    number(tokens.input());
    number(tokens.cached());
    number(tokens.cacheWritten());
    number(tokens.output());
    number(tokens.reasoning());
    number(Codes.SOURCES.of(tokens.source()));
    if (entry.cost().isPresent()) {
      number(entry.cost().get().nanos());
    } else {
      insert.setNull(++column, Types.BIGINT);
    }
  }

  private void attempts(Entry entry) throws SQLException {
    number(entry.attempted());
    var only = Attempts.only(entry);
    number(only.map(attempt -> attempt.after().toMillis()).orElse(0L));
    number(only.map(attempt -> attempt.took().toMillis()).orElse(0L));
    text(only.isPresent() || entry.attempts().isEmpty() ? "" : Attempts.json(entry.attempts()));
  }

  private void number(long value) throws SQLException {
    insert.setLong(++column, value);
  }

  /// Nothing is NULL: it takes no room.
  private void text(String value) throws SQLException {
    insert.setString(++column, value.isEmpty() ? null : value);
  }

  public void flush() throws SQLException {
    insert.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
