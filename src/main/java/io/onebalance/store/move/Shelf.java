package io.onebalance.store.move;

import java.util.List;
import java.util.stream.Collectors;

/// A table that is carried, row by row in the order of what tells its rows apart.
record Shelf(String table, List<Column> key, List<Column> columns) {
  /// Sequence numbers of changes are each database's own.
  static final String OWN = "changed";

  /// What a column holds, in whichever database.
  enum Kind {
    NUMBER,
    TEXT,
    BYTES
  }

  record Column(String name, Kind kind) {}

  Shelf {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String marks(List<Column> columns) {
    return columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
  }

  /// The next rows, from the beginning or behind a key.
  String rows(boolean behind) {
    var where = behind ? " WHERE (%s) > (%s)".formatted(names(key), marks(key)) : "";
    return "SELECT %s FROM %s%s ORDER BY %s LIMIT ?"
        .formatted(names(columns), table, where, names(key));
  }

  String all() {
    return "SELECT %s FROM %s ORDER BY %s".formatted(names(columns), table, names(key));
  }

  String last() {
    var falling = key.stream().map(it -> it.name + " DESC").collect(Collectors.joining(", "));
    return "SELECT %s FROM %s ORDER BY %s LIMIT 1".formatted(names(key), table, falling);
  }

  String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)".formatted(table, names(columns), marks(columns));
  }
}
