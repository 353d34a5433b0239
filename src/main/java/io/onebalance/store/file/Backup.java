package io.onebalance.store.file;

import io.onebalance.files.PrivateFiles;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// A copy of the database as it is at one moment, taken while a server uses it, and the way back.
/// Throws [CannotOpen] with a sentence that helps.
public final class Backup {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Backup() {}

  /// What a copy holds.
  public record Held(long keys, long gatewayKeys, long requests) {}

  /// The usual name of a copy made now.
  public static String name(Instant now) {
    return "one-balance-" + STAMP.format(now) + ".db";
  }

  /// The name of what a copy is put in the place of now.
  public static String nameBeforeRestore(Instant now) {
    return "one-balance-before-restore-" + STAMP.format(now) + ".db";
  }

  /// Copies what is committed by SQLite's own online backup, checks the copy, and only then gives
  /// it its name; one that is there is not replaced.
  public static Held take(Path database, Path copy) {
    if (Files.notExists(database)) {
      throw new CannotOpen("there is no database " + database);
    }
    if (Files.exists(copy)) {
      throw new CannotOpen(copy + " is there already and was left as it is");
    }
    var draft = copy.resolveSibling(copy.getFileName() + ".part");
    try {
      Files.deleteIfExists(draft);
      PrivateFiles.makeFile(draft);
      copied(database, draft);
      var held = held(draft);
      Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
      return held;
    } catch (IOException | SQLException trouble) {
      throw new CannotOpen(database + " could not be copied: " + trouble.getMessage(), trouble);
    } finally {
      delete(draft);
    }
  }

  /// All pages in one step: the copy is that of one moment, and nobody who writes waits for it.
  private static void copied(Path database, Path draft) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout((int) PATIENCE.toMillis());
    try (var connection = open(database, config)) {
      var done =
          connection
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", draft.toString(), null, 100, 100, -1);
      if (done != 0) {
        throw new SQLException("SQLite's backup ended with " + done);
      }
    }
    try (var connection = open(draft, new SQLiteConfig());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
    }
  }

  private static Connection open(Path file, SQLiteConfig config) throws SQLException {
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source.getConnection();
  }

  private static Held held(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try (var connection = open(file, config)) {
      var sound = text(connection, "PRAGMA integrity_check(1)").orElse("");
      if (!sound.equals("ok")) {
        throw new SQLException("the copy is damaged: " + sound);
      }
      return new Held(
          number(connection, "keys"),
          number(connection, "gateway_keys"),
          number(connection, "requests"));
    }
  }

  private static long number(Connection connection, String table) throws SQLException {
    return Long.parseLong(text(connection, "SELECT COUNT(*) FROM " + table).orElse("0"));
  }

  private static Optional<String> text(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(question)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  /// Puts a copy in the place of the database, which must not be in use; the one that was there is
  /// kept under another name, which is given. `master` is told the wrapped key of the copy, where
  /// it has keys, and throws where it does not fit.
  public static Optional<Path> restore(
      Path copy, Path database, Instant now, Consumer<Secret> master) {
    try (var _ = LockFile.take(database.resolveSibling(database.getFileName() + ".lock"))) {
      check(copy, master);
      var draft = database.resolveSibling(database.getFileName() + ".restored");
      Files.deleteIfExists(draft);
      PrivateFiles.makeFile(draft);
      Files.copy(copy, draft, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.makeFile(draft); // the copy may have been open to others
      force(draft);
      var before = kept(database, now);
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-wal"));
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-shm"));
      Files.move(
          draft, database, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return before;
    } catch (IOException trouble) {
      throw new CannotOpen(copy + " could not be restored: " + trouble, trouble);
    }
  }

  /// Throws where this is no sound copy that this program knows. `master` is told as in [#restore].
  public static void check(Path copy, Consumer<Secret> master) {
    if (!Files.isRegularFile(copy)) {
      throw new CannotOpen("there is no file " + copy);
    }
    var version = new DatabaseFile(copy, PATIENCE).examine();
    if (version == 0 || version > Schema.CURRENT.newest()) {
      throw new CannotOpen(
          "%s has schema %d, but this program knows 1 to %d"
              .formatted(copy, version, Schema.CURRENT.newest()));
    }
    try {
      var held = held(copy);
      if (held.keys() + held.gatewayKeys() > 0) {
        wrapped(copy).ifPresent(master);
      }
    } catch (SQLException damaged) {
      throw new CannotOpen(copy + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static Optional<Secret> wrapped(Path copy) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try (var connection = open(copy, config)) {
      return text(connection, "SELECT wrapped FROM vault").map(Secret::new);
    }
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static Optional<Path> kept(Path database, Instant now) throws IOException {
    if (Files.notExists(database)) {
      return Optional.empty();
    }
    var kept = database.resolveSibling(nameBeforeRestore(now));
    try {
      new DatabaseFile(database, PATIENCE).copyTo(kept);
    } catch (CannotOpen damaged) {
      Files.deleteIfExists(kept.resolveSibling(kept.getFileName() + ".part"));
      for (var part : List.of("", "-wal", "-shm")) {
        move(database, kept, part);
      }
    }
    return Optional.of(kept);
  }

  /// What SQLite cannot read is kept as it is: other programs may save something of it.
  private static void move(Path database, Path kept, String part) throws IOException {
    var from = database.resolveSibling(database.getFileName() + part);
    if (Files.exists(from)) {
      Files.move(from, kept.resolveSibling(kept.getFileName() + part));
    }
  }

  private static void delete(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      throw new CannotOpen("the unfinished copy " + draft + " could not be deleted", left);
    }
  }
}
