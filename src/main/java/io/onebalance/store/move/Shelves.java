package io.onebalance.store.move;

import io.onebalance.store.move.Shelf.Column;
import io.onebalance.store.move.Shelf.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The tables that are carried. The vault comes last: where it holds a key, all is there.
final class Shelves {
  static final String LAST = "vault";

  private record Named(String table, List<String> key) {}

  private static final List<Named> ALL =
      List.of(
          new Named("gateway_keys", List.of("id")),
          new Named("gateway_key_ends", List.of("key_hash")),
          new Named("keys", List.of("id")),
          new Named("learnt_limits", List.of("key_id")),
          new Named("audit", List.of("seq")),
          new Named("resources", List.of("rowid")),
          new Named("series", List.of("id")),
          new Named("asked_keys", List.of("id")),
          new Named("requests", List.of("id")),
          new Named("usage", List.of("span", "start", "series")),
          new Named("key_usage", List.of("span", "start", "asked_key")),
          new Named(LAST, List.of("id")));

  /// SQLite gives each row a number that it does not name among the columns.
  private static final Column ROW = new Column("rowid", Kind.NUMBER);

  private Shelves() {}

  /// As this database has them; both have the same columns.
  static List<Shelf> of(Connection connection) throws SQLException {
    var shelves = new ArrayList<Shelf>();
    for (var named : ALL) {
      shelves.add(shelf(named, columns(connection, named)));
    }
    return shelves;
  }

  private static Shelf shelf(Named named, Map<String, Column> columns) {
    var key = named.key.stream().map(name -> columns.getOrDefault(name, ROW)).toList();
    return new Shelf(named.table, key, List.copyOf(columns.values()));
  }

  private static Map<String, Column> columns(Connection connection, Named named)
      throws SQLException {
    var columns = new TreeMap<String, Column>();
    try (var statement = connection.createStatement();
        var none = statement.executeQuery("SELECT * FROM " + named.table + " LIMIT 0")) {
      var meta = none.getMetaData();
      for (var i = 1; i <= meta.getColumnCount(); i++) {
        var name = meta.getColumnName(i);
        columns.put(name, new Column(name, kind(meta.getColumnTypeName(i))));
      }
    }
    columns.remove(Shelf.OWN);
    if (named.key.contains(ROW.name())) {
      columns.put(ROW.name(), ROW);
    }
    return columns;
  }

  private static Kind kind(String type) {
    var name = type.toUpperCase(Locale.ROOT);
    if (name.contains("INT")) {
      return Kind.NUMBER;
    }
    return name.contains("BLOB") || name.contains("BYTEA") ? Kind.BYTES : Kind.TEXT;
  }
}
