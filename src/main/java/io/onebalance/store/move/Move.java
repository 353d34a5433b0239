package io.onebalance.store.move;

import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.history.History;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Carries all that is stored from one database to another, and compares both. Rows go in the order
/// of their keys and a thousand in one transaction: stopped in between, it goes on behind the last
/// one. Nobody may serve from either meanwhile.
public final class Move {
  private static final int CHUNK = 1_000;

  /// What was carried of a table: how many rows are in both, and that they are the same.
  public record Carried(String table, long rows) {}

  private record Sum(long rows, byte[] hash) {}

  private final Database from;
  private final Database to;
  private final List<Shelf> shelves;

  public Move(Database from, Database to) {
    this.from = from;
    this.to = to;
    this.shelves = from.read(Move::shelves);
  }

  private static List<Shelf> shelves(Handle handle) {
    try {
      return Shelves.of(handle.getConnection());
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    }
  }

  /// Thrown where SQL is not understood.
  private static final class Broken extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Broken(SQLException trouble) {
      super(trouble);
    }
  }

  /// Throws [CannotOpen] where a server still uses one of the two, where the target holds something
  /// and this is not to go on with an earlier move, and where the two differ afterwards.
  public List<Carried> run(boolean goOn) {
    refuseServed(from);
    refuseServed(to);
    refuseFull(goOn);
    for (var shelf : shelves) {
      carry(shelf);
    }
    History.carryMark(from, to);
    return shelves.stream().map(this::compared).toList();
  }

  private static void refuseServed(Database database) {
    var served =
        switch (database.engine().dialect()) {
          case SQLITE -> false; // its lock file keeps servers off
          case POSTGRESQL ->
              database.read(handle ->
                  handle
                      .createQuery(
                          "SELECT EXISTS (SELECT 1 FROM instances WHERE heard > now() - INTERVAL"
                              + " '10 seconds')")
                      .mapTo(Boolean.class)
                      .one());
        };
    if (served) {
      throw new CannotOpen("an instance serves from one of the two: stop all instances first");
    }
  }

  private void refuseFull(boolean goOn) {
    var theirs = wrapped(to);
    if (theirs.isPresent() && !theirs.equals(wrapped(from))) {
      throw new CannotOpen("the target holds keys of its own: give an empty database");
    }
    if (!goOn
        && shelves.stream().anyMatch(shelf -> to.read(handle -> last(handle, shelf)).isPresent())) {
      throw new CannotOpen(
          "the target is not empty: give an empty database, or --resume to go on with a move that"
              + " was stopped");
    }
  }

  private static Optional<String> wrapped(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT wrapped FROM vault").mapTo(String.class).findOne());
  }

  private static Optional<Row> last(Handle handle, Shelf shelf) {
    try (var select = handle.getConnection().prepareStatement(shelf.last());
        var rows = select.executeQuery()) {
      return rows.next() ? Optional.of(Row.read(rows, shelf.key())) : Optional.empty();
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    }
  }

  private void carry(Shelf shelf) {
    var behind = to.read(handle -> last(handle, shelf));
    while (true) {
      var after = behind;
      var rows = from.read(handle -> next(handle.getConnection(), shelf, after));
      if (rows.isEmpty()) {
        return;
      }
      to.write(handle -> put(handle, shelf, rows));
      behind = Optional.of(rows.getLast().only(shelf.key()));
    }
  }

  private static List<Row> next(Connection connection, Shelf shelf, Optional<Row> behind) {
    try (var select = connection.prepareStatement(shelf.rows(behind.isPresent()))) {
      if (behind.isPresent()) {
        behind.get().bind(select);
      }
      select.setInt((behind.isPresent() ? shelf.key().size() : 0) + 1, CHUNK);
      var found = new ArrayList<Row>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(Row.read(rows, shelf.columns()));
        }
      }
      return found;
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    }
  }

  private static boolean put(Handle handle, Shelf shelf, List<Row> rows) {
    try (var insert = handle.getConnection().prepareStatement(shelf.insert())) {
      for (var row : rows) {
        row.bind(insert);
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    }
    if (Dialect.of(handle) == Dialect.POSTGRESQL && shelf.table().equals("resources")) {
      handle
          .createQuery(
              "SELECT setval(pg_get_serial_sequence('resources', 'rowid'), MAX(rowid)) FROM"
                  + " resources")
          .mapTo(Long.class)
          .one();
    }
    return true;
  }

  private Carried compared(Shelf shelf) {
    var here = from.walk(handle -> sum(handle, shelf));
    var there = to.walk(handle -> sum(handle, shelf));
    if (here.rows != there.rows || !Arrays.equals(here.hash, there.hash)) {
      throw new CannotOpen(
          "table %s differs: %d rows here, %d rows there. Empty the target and begin anew"
              .formatted(shelf.table(), here.rows, there.rows));
    }
    return new Carried(shelf.table(), here.rows);
  }

  private static Sum sum(Handle handle, Shelf shelf) {
    try (var select = handle.getConnection().prepareStatement(shelf.all())) {
      select.setFetchSize(CHUNK);
      var digest = MessageDigest.getInstance("SHA-256");
      var count = 0L;
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          Row.read(rows, shelf.columns()).addTo(digest);
          count++;
        }
      }
      return new Sum(count, digest.digest());
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
