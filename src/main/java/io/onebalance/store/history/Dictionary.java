package io.onebalance.store.history;

import io.onebalance.store.history.sums.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The numbers that stand for series and for keys in the rows. What is new gets the next number, in
/// the transaction of the rows that need it; where that fails, [#clear] forgets what was not
/// written. For one thread.
final class Dictionary {
  /// So that a client that makes up models cannot fill the tables: beyond, models are not told
  /// apart.
  static final int MOST_SERIES = 10_000;

  private static final int MOST_KEYS_IN_MEMORY = 200_000;

  private record AskedKey(String provider, String keyId) {}

  private final Map<Series, Integer> series = new HashMap<>();
  private final Map<AskedKey, Integer> keys = new HashMap<>();

  void clear() {
    series.clear();
    keys.clear();
  }

  int of(Series wanted, Connection connection) throws SQLException {
    if (series.isEmpty()) {
      loadSeries(connection);
    }
    var known = series.get(wanted);
    if (known != null) {
      return known;
    }
    var counted = series.size() < MOST_SERIES ? wanted : wanted.ofAnyModel();
    var found = series.get(counted);
    return found == null ? storedOrAdded(counted, connection) : found;
  }

  /// Another instance may have met it first.
  private int storedOrAdded(Series counted, Connection connection) throws SQLException {
    var stored = stored(counted, connection);
    if (stored == 0) {
      return add(counted, connection);
    }
    series.put(counted, stored);
    return stored;
  }

  private static int stored(Series wanted, Connection connection) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT id FROM series WHERE gateway_key = ? AND provider = ? AND model = ?"
                + " AND outcome = ?")) {
      select.setString(1, wanted.gatewayKey());
      select.setString(2, wanted.provider());
      select.setString(3, wanted.model());
      select.setString(4, wanted.outcome());
      return number(select);
    }
  }

  private void loadSeries(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "SELECT id, gateway_key, provider, model, outcome FROM series");
        var rows = select.executeQuery()) {
      while (rows.next()) {
        var known =
            new Series(rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5));
        series.put(known, rows.getInt(1));
      }
    }
  }

  private int add(Series counted, Connection connection) throws SQLException {
    var id = next("series", connection);
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO series (id, gateway_key, provider, model, outcome) VALUES (?, ?, ?, ?,"
                + " ?)")) {
      insert.setInt(1, id);
      insert.setString(2, counted.gatewayKey());
      insert.setString(3, counted.provider());
      insert.setString(4, counted.model());
      insert.setString(5, counted.outcome());
      insert.executeUpdate();
    }
    series.put(counted, id);
    return id;
  }

  int ofKey(String provider, String keyId, Connection connection) throws SQLException {
    var wanted = new AskedKey(provider, keyId);
    var known = keys.get(wanted);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MOST_KEYS_IN_MEMORY) {
      keys.clear();
    }
    var stored = stored(wanted, connection);
    var id = stored > 0 ? stored : add(wanted, connection);
    keys.put(wanted, id);
    return id;
  }

  private static int stored(AskedKey wanted, Connection connection) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT id FROM asked_keys WHERE provider = ? AND key_id = ?")) {
      select.setString(1, wanted.provider);
      select.setString(2, wanted.keyId);
      return number(select);
    }
  }

  private static int add(AskedKey wanted, Connection connection) throws SQLException {
    var id = next("asked_keys", connection);
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO asked_keys (id, provider, key_id) VALUES (?, ?, ?)")) {
      insert.setInt(1, id);
      insert.setString(2, wanted.provider);
      insert.setString(3, wanted.keyId);
      insert.executeUpdate();
    }
    return id;
  }

  /// One process at a time writes, so the next number is free.
  private static int next(String table, Connection connection) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT COALESCE(MAX(id), 0) + 1 FROM " + table)) {
      return number(select);
    }
  }

  /// The only number that is asked for, 0 where there is none.
  private static int number(PreparedStatement select) throws SQLException {
    try (var rows = select.executeQuery()) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
