package io.onebalance.store.file;

import io.onebalance.files.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// An SQLite file as it lies on disk. Whoever asks SQLite to open it must not open it any other way
/// meanwhile: closing a second descriptor frees the locks that SQLite holds.
public record DatabaseFile(Path path, Duration patience) {
  /// In KiB, as SQLite wants a negative number to mean: room for the index of 100,000 keys, so that
  /// writing many rows does not write its pages again and again.
  private static final int CACHE = -32_000;

  private static final Set<String> LARGE = Set.of("requests", "usage", "key_usage");

  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /// How connections are made: write-ahead log, each commit on the disk before it is acknowledged,
  /// never creating a file that is gone.
  public SQLiteDataSource source() {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout((int) patience.toMillis());
    config.enforceForeignKeys(true);
    config.setCacheSize(CACHE);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return sourceOf(config);
  }

  private SQLiteDataSource reading() {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout((int) patience.toMillis());
    return sourceOf(config);
  }

  private SQLiteDataSource sourceOf(SQLiteConfig config) {
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
    return source;
  }

  /// The schema's version, 0 of a new file. Refuses what is not a sound database; the file is only
  /// read.
  public int examine() {
    try {
      return empty() ? 0 : sound();
    } catch (IOException | SQLException trouble) {
      throw damaged(String.valueOf(trouble.getMessage()), trouble);
    }
  }

  /// Copies what is committed, whole or not at all.
  public void copyTo(Path copy) {
    var draft = copy.resolveSibling(copy.getFileName() + ".part");
    try (var connection = source().getConnection();
        var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      Files.deleteIfExists(draft);
      PrivateFiles.makeFile(draft);
      vacuum.setString(1, draft.toString());
      vacuum.execute();
      Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException trouble) {
      throw new CannotOpen(
          "%s could not be copied to %s: %s".formatted(path, copy, trouble.getMessage()), trouble);
    }
  }

  /// What tells this file from another of the same name, or null where it is gone.
  public @Nullable Object identity() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }

  private boolean empty() throws IOException {
    if (Files.size(path) == 0) {
      return true;
    }
    try (var bytes = Files.newInputStream(path)) {
      if (!Arrays.equals(bytes.readNBytes(HEADER.length), HEADER)) {
        throw damaged("it does not begin like an SQLite database", null);
      }
    }
    return false;
  }

  private int sound() throws SQLException {
    try (var connection = reading().getConnection()) {
      for (var table : tables(connection)) {
        var answer = text(connection, "PRAGMA quick_check(" + table + ")");
        if (!answer.equals("ok")) {
          throw damaged(answer, null);
        }
      }
      return version(connection);
    }
  }

  /// All but those of the history, which may hold gigabytes: a start does not read them, and what
  /// is broken there shows when it is asked for.
  private static List<String> tables(Connection connection) throws SQLException {
    var all = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    var tables = new ArrayList<>(List.of("sqlite_schema"));
    try (var statement = connection.createStatement();
        var names = statement.executeQuery(all)) {
      while (names.next()) {
        if (!LARGE.contains(names.getString(1))) {
          tables.add('"' + names.getString(1).replace("\"", "\"\"") + '"');
        }
      }
    }
    return tables;
  }

  private int version(Connection connection) throws SQLException {
    var tables = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";
    if (text(connection, tables).equals("0")) {
      return 0;
    }
    if (text(connection, tables + " AND name = 'flyway_schema_history'").equals("0")) {
      throw new CannotOpen(
          path + " is a database of another program: set DATABASE_URL to a file of its own");
    }
    return Integer.parseInt(
        text(
            connection,
            "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE"
                + " success"));
  }

  private static String text(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(question)) {
      return answer.next() ? answer.getString(1) : "";
    }
  }

  private CannotOpen damaged(String how, @Nullable Throwable cause) {
    var why =
        "the database %s is damaged (%s) and was left as it is. Put a copy in its place (a backup, or one-balance-before-v….db beside it) and start again; `sqlite3 %s .recover` may save what is newer"
            .formatted(path, how, path);
    return cause == null ? new CannotOpen(why) : new CannotOpen(why, cause);
  }
}
