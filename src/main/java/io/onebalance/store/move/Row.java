package io.onebalance.store.move;

import io.onebalance.store.move.Shelf.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values of a row, each a number, a text, bytes or nothing.
record Row(List<Column> columns, List<@Nullable Object> values) {
  static Row read(ResultSet rows, List<Column> columns) throws SQLException {
    var values = new ArrayList<@Nullable Object>();
    for (var i = 1; i <= columns.size(); i++) {
      Object value =
          switch (columns.get(i - 1).kind()) {
            case NUMBER -> rows.getLong(i);
            case TEXT -> rows.getString(i);
            case BYTES -> rows.getBytes(i);
          };
      values.add(rows.wasNull() ? null : value);
    }
    return new Row(columns, values);
  }

  /// Binds all from the first place on.
  void bind(PreparedStatement statement) throws SQLException {
    for (var i = 0; i < columns.size(); i++) {
      bind(statement, i + 1, columns.get(i), values.get(i));
    }
  }

  private static void bind(
      PreparedStatement statement, int place, Column column, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(place, type(column));
      case Long number -> statement.setLong(place, number);
      case byte[] bytes -> statement.setBytes(place, bytes);
      default -> statement.setString(place, value.toString()); // there is nothing else but texts
    }
  }

  private static int type(Column column) {
    return switch (column.kind()) {
      case NUMBER -> Types.BIGINT;
      case TEXT -> Types.VARCHAR;
      case BYTES -> Types.BINARY;
    };
  }

  /// Only these columns.
  Row only(List<Column> wanted) {
    var some = new ArrayList<@Nullable Object>();
    wanted.forEach(column -> some.add(values.get(columns.indexOf(column))));
    return new Row(wanted, some);
  }

  /// Each value is preceded by its length, so that no two rows read the same.
  void addTo(MessageDigest digest) {
    for (var value : values) {
      var bytes =
          switch (value) {
            case null -> null;
            case byte[] raw -> raw;
            default -> value.toString().getBytes(StandardCharsets.UTF_8); // numbers and texts
          };
      digest.update(ByteBuffer.allocate(4).putInt(bytes == null ? -1 : bytes.length).array());
      if (bytes != null) {
        digest.update(bytes);
      }
    }
  }
}
