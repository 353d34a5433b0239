package io.onebalance.cli.doctor;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.postgres.PostgresUrl;
import io.onebalance.store.postgres.Refusal;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
import io.onebalance.store.vault.Wrapped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Whether the database is sound and its master key the right one. It is only read, also while a
/// server has it open.
public final class Stored {
  private static final String SQLITE = "sqlite:";

  private Stored() {}

  public static List<Note> look(Settings.Storage storage) {
    var url = storage.database();
    return url.startsWith(SQLITE)
        ? file(
            storage,
            Path.of(url.substring(SQLITE.length()).replace("{data}", storage.dataDir().toString())))
        : server(storage, url);
  }

  private static List<Note> file(Settings.Storage storage, Path file) {
    if (Files.notExists(file)) {
      return List.of(new Note.Well("the database " + file + " is made at the first start"));
    }
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (var connection = source.getConnection()) {
      return file(storage, file, connection);
    } catch (SQLException trouble) {
      return List.of(
          new Note.Ill(
              "the database " + file + " cannot be read: " + trouble.getMessage(),
              "put a backup in its place: one-balance restore FILE"));
    }
  }

  private static List<Note> file(Settings.Storage storage, Path file, Connection connection)
      throws SQLException {
    var notes = new ArrayList<Note>();
    var sound = first(connection, "PRAGMA quick_check(1)").orElse("");
    notes.add(
        sound.equals("ok")
            ? new Note.Well("the database " + file + " is sound")
            : new Note.Ill(
                "the database " + file + " is damaged: " + sound,
                "put a backup in its place: one-balance restore FILE"));
    // Where nothing is sealed the start makes another vault.
    if (isFilled(connection, "keys") || isFilled(connection, "gateway_keys")) {
      vault(connection).map(wrapped -> master(storage, wrapped)).ifPresent(notes::add);
    }
    return notes;
  }

  private static List<Note> server(Settings.Storage storage, String text) {
    try {
      return server(storage, PostgresUrl.parse(text));
    } catch (CannotOpen malformed) {
      return List.of(
          new Note.Ill(String.valueOf(malformed.getMessage()), "mend it where it is set"));
    }
  }

  private static List<Note> server(Settings.Storage storage, PostgresUrl url) {
    try (var connection = url.source().getConnection()) {
      return List.of(
          new Note.Well(url.place() + " lets us in"),
          vault(connection)
              .map(wrapped -> master(storage, wrapped))
              .orElseGet(() -> new Note.Well("what it holds is made at the first start")));
    } catch (SQLException trouble) {
      return List.of(
          new Note.Ill(
              String.valueOf(Refusal.of(url, trouble).getMessage()),
              Refusal.mayPass(trouble)
                  ? "let this machine reach it (is it running? firewall, pg_hba.conf)"
                  : "mend DATABASE_URL, or what the server grants"));
    }
  }

  /// The data key as the master key wraps it, where there is any.
  private static Optional<String> vault(Connection connection) throws SQLException {
    return isThere(connection, "vault")
        ? first(connection, "SELECT wrapped FROM vault")
        : Optional.empty();
  }

  private static boolean isFilled(Connection connection, String table) throws SQLException {
    return isThere(connection, table)
        && first(connection, "SELECT 1 FROM " + table + " LIMIT 1").isPresent();
  }

  /// Of other schemas than our own nothing is meant.
  private static boolean isThere(Connection connection, String table) throws SQLException {
    try (var tables =
        connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
      return tables.next();
    }
  }

  private static Note master(Settings.Storage storage, String wrapped) {
    return switch (Wrapped.of(wrapped)) {
      case Wrapped.Sealed(var text) -> opened(storage, text);
      case Wrapped.BeingRestored() ->
          new Note.Ill(Wrapped.BeingRestored.WHY, Wrapped.BeingRestored.ADVICE);
    };
  }

  private static Note opened(Settings.Storage storage, String wrapped) {
    try {
      var given = storage.masterKey().map(Secret::reveal);
      SealedKeys.check(wrapped, MasterKey.existing(given, storage.masterKeyFile()));
      return new Note.Well("the master key opens the stored keys");
    } catch (CannotOpen wrong) {
      return new Note.Ill(
          "wrong master key: " + wrong.getMessage(),
          "put the key back that the database was made with; one-balance cannot read the keys"
              + " without it");
    }
  }

  private static Optional<String> first(Connection connection, String question)
      throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(question)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }
}
