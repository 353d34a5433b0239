package io.onebalance.store;

import io.onebalance.Needed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;

/// A real PostgreSQL, started once for all tests of a process. Each test has a database of its own,
/// copied from one whose tables are made already.
public final class PostgresServer {
  private static final String MADE = "made";
  private static final String PORT = "one-balance.test.postgres";
  private static final Object MAKING = new Object();

  private PostgresServer() {}

  /// Begins with the first test that needs it.
  private static final class Running {
    static final EmbeddedPostgres SERVER = started();

    private static EmbeddedPostgres started() {
      try {
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "400")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
        create(server.getPort(), "CREATE DATABASE " + MADE);
        var dir = Files.createTempDirectory("one-balance-postgres");
        Database.open(dir, url(server.getPort(), MADE), InstantSource.system(), Terms.byHand())
            .close();
        return server;
      } catch (IllegalStateException none) {
        throw Needed.absent("no PostgreSQL for this platform: " + none.getMessage());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /// That of the process that started this one, where it was told.
  public static int port() {
    return Integer.getInteger(PORT, 0) > 0 ? Integer.getInteger(PORT) : Running.SERVER.getPort();
  }

  /// Its process.
  public static long pid() {
    try (var connection = connect("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      var file = Path.of(row.getString(1), "postmaster.pid");
      return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// A flag for a process that is to use the same server.
  public static String flag() {
    return "-D" + PORT + "=" + port();
  }

  /// The address of the database that belongs to this directory; made at the first time.
  public static String urlFor(Path dir) {
    return url(port(), databaseFor(dir));
  }

  public static String databaseFor(Path dir) {
    var path = dir.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    var name = "t" + UUID.nameUUIDFromBytes(path).toString().replace("-", "");
    synchronized (MAKING) {
      if (!exists(name)) {
        create(port(), "CREATE DATABASE " + name + " TEMPLATE " + MADE);
      }
    }
    return name;
  }

  /// A database without any tables.
  public static String empty(Path dir) {
    var path = (dir + "/empty").getBytes(StandardCharsets.UTF_8);
    var name = "e" + UUID.nameUUIDFromBytes(path).toString().replace("-", "");
    create(port(), "CREATE DATABASE " + name);
    return url(port(), name);
  }

  public static String url(int port, String database) {
    return "postgresql://postgres:postgres@127.0.0.1:" + port + "/" + database;
  }

  /// As somebody with another program.
  public static Connection connect(String database) throws SQLException {
    return connect(port(), database);
  }

  private static Connection connect(int port, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "postgres");
  }

  private static boolean exists(String name) {
    try (var connection = connect("postgres");
        var select = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      select.setString(1, name);
      try (var rows = select.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  /// In the database of this address.
  public static void executeIn(String url, String sql) throws SQLException {
    try (var connection = connect(url.substring(url.lastIndexOf('/') + 1));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void execute(String sql) {
    create(port(), sql);
  }

  private static void create(int port, String sql) {
    try (var connection = connect(port, "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException trouble) {
      throw new IllegalStateException(trouble);
    }
  }
}
