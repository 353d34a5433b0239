package io.onebalance.sync.file;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database with a table `keys`: a copy of a D1 database in an SQLite file, or a One Balance's
/// own, whose keys its master key opens. It is only read, also while a server uses it: what is
/// brought to a One Balance's own goes by its key API.
public final class KeyDatabase implements Place {
  private final String name;
  private final DataSource source;
  private final Function<String, BiFunction<String, String, Optional<Secret>>> opening;

  /// `opening` makes, of the wrapped key that a vault holds, what opens a ciphertext by its id. It
  /// is asked only where there is a vault.
  public KeyDatabase(
      String name,
      DataSource source,
      Function<String, BiFunction<String, String, Optional<Secret>>> opening) {
    this.name = name;
    this.source = source;
    this.opening = opening;
  }

  /// That of an SQLite file.
  public static DataSource file(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Reading read() throws IOException {
    try (var connection = source.getConnection()) {
      return read(connection);
    } catch (SQLException trouble) {
      throw new Refusal(name + " cannot be read: " + trouble.getMessage());
    }
  }

  /// Whether it is a One Balance's own.
  public boolean isOurs() throws Refusal {
    try (var connection = source.getConnection()) {
      return vault(connection).isPresent();
    } catch (SQLException trouble) {
      throw new Refusal(name + " cannot be read: " + trouble.getMessage());
    }
  }

  private Reading read(Connection connection) throws SQLException {
    var keys = new ArrayList<Carried>();
    var flaws = new ArrayList<String>();
    var vault = vault(connection).map(opening);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT * FROM keys ORDER BY id")) {
      while (rows.next()) {
        var id = rows.getString("id");
        row(rows, vault)
            .carried(Optional.empty())
            .ifPresentOrElse(
                keys::add, () -> flaws.add("row " + id + " has no key that can be read"));
      }
    }
    return new Reading(keys, flaws);
  }

  private static Optional<String> vault(Connection connection) throws SQLException {
    try (var tables = connection.getMetaData().getTables(null, null, "vault", null)) {
      if (!tables.next()) {
        return Optional.empty();
      }
    }
    try (var statement = connection.createStatement();
        var wrapped = statement.executeQuery("SELECT wrapped FROM vault")) {
      return wrapped.next() ? Optional.of(wrapped.getString(1)) : Optional.empty();
    }
  }

  private static Row row(
      ResultSet rows, Optional<BiFunction<String, String, Optional<Secret>>> vault)
      throws SQLException {
    var values = new HashMap<String, String>();
    var columns = rows.getMetaData();
    for (var i = 1; i <= columns.getColumnCount(); i++) {
      var value = rows.getString(i);
      if (value != null) {
        values.put(columns.getColumnName(i), value);
      }
    }
    if (vault.isPresent()) {
      var sealed = values.getOrDefault("key", "");
      var opened = vault.get().apply(values.getOrDefault("id", ""), sealed);
      values.put("key", opened.map(Secret::reveal).orElse(""));
    }
    return new Row(values);
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws Refusal {
    throw new Refusal(name + " is only read; bring keys to the server it belongs to");
  }
}
