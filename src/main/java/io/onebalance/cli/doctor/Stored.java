package io.onebalance.cli.doctor;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
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
    if (!url.startsWith(SQLITE)) {
      return List.of(new Note.Advice("the database is no file", "its server is not looked into"));
    }
    var file =
        Path.of(url.substring(SQLITE.length()).replace("{data}", storage.dataDir().toString()));
    if (Files.notExists(file)) {
      return List.of(new Note.Well("the database " + file + " is made at the first start"));
    }
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (var connection = source.getConnection()) {
      return look(storage, file, connection);
    } catch (SQLException trouble) {
      return List.of(
          new Note.Ill(
              "the database " + file + " cannot be read: " + trouble.getMessage(),
              "put a backup in its place: one-balance restore FILE"));
    }
  }

  private static List<Note> look(Settings.Storage storage, Path file, Connection connection)
      throws SQLException {
    var notes = new ArrayList<Note>();
    var sound = first(connection, "PRAGMA quick_check(1)").orElse("");
    notes.add(
        sound.equals("ok")
            ? new Note.Well("the database " + file + " is sound")
            : new Note.Ill(
                "the database " + file + " is damaged: " + sound,
                "put a backup in its place: one-balance restore FILE"));
    var wrapped = first(connection, "SELECT wrapped FROM vault");
    var keys = first(connection, "SELECT COUNT(*) FROM keys").orElse("0");
    if (wrapped.isPresent() && !keys.equals("0")) {
      notes.add(master(storage, wrapped.get()));
    }
    return notes;
  }

  private static Note master(Settings.Storage storage, String wrapped) {
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
