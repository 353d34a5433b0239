package io.onebalance.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The databases that the same tests run on. What a test finds again by its directory is the same
/// database.
public enum Store {
  SQLITE,
  POSTGRESQL;

  public String url(Path dir) {
    return switch (this) {
      case SQLITE -> "sqlite:{data}/one-balance.db";
      case POSTGRESQL -> PostgresServer.urlFor(dir);
    };
  }

  /// What rows can be ordered by to have them as they came.
  public String asTheyCame() {
    return switch (this) {
      case SQLITE -> "rowid";
      case POSTGRESQL -> "ctid";
    };
  }

  /// A connection as another program would open it.
  public Connection outsider(Path dir) throws SQLException {
    return switch (this) {
      case SQLITE -> DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("one-balance.db"));
      case POSTGRESQL -> PostgresServer.connect(PostgresServer.databaseFor(dir));
    };
  }

  /// A file of the process that uses the database.
  public Path beside(Path dir, String suffix) {
    return switch (this) {
      case SQLITE -> dir.resolve("one-balance.db" + suffix);
      case POSTGRESQL -> dir.resolve("postgresql" + suffix);
    };
  }

  /// Copies the database, which nobody uses now.
  public void copy(Path dir) throws IOException {
    switch (this) {
      case SQLITE -> Files.copy(beside(dir, ""), dir.resolve("copy"));
      case POSTGRESQL -> {
        var name = PostgresServer.databaseFor(dir);
        PostgresServer.execute("CREATE DATABASE " + name + "copy TEMPLATE " + name);
      }
    }
  }

  /// Puts the copy in the place of the database.
  public void putBack(Path dir) throws IOException {
    switch (this) {
      case SQLITE -> {
        Files.deleteIfExists(beside(dir, "-wal"));
        Files.deleteIfExists(beside(dir, "-shm"));
        Files.copy(dir.resolve("copy"), beside(dir, ""), StandardCopyOption.REPLACE_EXISTING);
      }
      case POSTGRESQL -> {
        var name = PostgresServer.databaseFor(dir);
        PostgresServer.execute("DROP DATABASE " + name);
        PostgresServer.execute("CREATE DATABASE " + name + " TEMPLATE " + name + "copy");
      }
    }
  }

  /// What takes the turn of those who write, until it is rolled back.
  public String takingTheTurn() {
    return switch (this) {
      case SQLITE -> "BEGIN IMMEDIATE";
      case POSTGRESQL -> "BEGIN; SELECT pg_advisory_xact_lock(7308620085107154796)";
    };
  }

  /// Lets nothing be added to this table.
  public String nothingMoreIn(String table) {
    return switch (this) {
      case SQLITE ->
          "CREATE TRIGGER no_paper BEFORE INSERT ON %s BEGIN SELECT RAISE(ABORT, 'no'); END"
              .formatted(table);
      case POSTGRESQL ->
          "ALTER TABLE %s ADD CONSTRAINT no_paper CHECK (FALSE) NOT VALID".formatted(table);
    };
  }

  public String moreAgainIn(String table) {
    return switch (this) {
      case SQLITE -> "DROP TRIGGER no_paper";
      case POSTGRESQL -> "ALTER TABLE " + table + " DROP CONSTRAINT no_paper";
    };
  }

  /// Lets the audit log be changed in this way.
  public String open(String trigger) {
    return switch (this) {
      case SQLITE -> "DROP TRIGGER " + trigger;
      case POSTGRESQL -> "DROP TRIGGER " + trigger + " ON audit";
    };
  }
}
