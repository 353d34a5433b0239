package io.onebalance.store.move;

import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.CannotOpen;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// Brings the rows of all tables from where they are read to a database, table by table in the
/// order of their keys and a thousand in one transaction, and compares both.
final class Carriage {
  private static final int CHUNK = 1_000;

  /// Where rows are read: each time what is committed then, or all as it was at one moment.
  interface Source {
    <T> T read(HandleCallback<T, RuntimeException> work);

    /// All that is read is read on this connection.
    static Source on(Handle handle) {
      return new Source() {
        @Override
        public <T> T read(HandleCallback<T, RuntimeException> work) {
          return work.withHandle(handle);
        }
      };
    }
  }

  private record Sum(long rows, byte[] hash) {}

  private final Source from;
  private final Database to;
  private final List<Shelf> shelves;

  Carriage(Source from, Database to) {
    this.from = from;
    this.to = to;
    this.shelves = from.read(Carriage::shelves);
  }

  private static List<Shelf> shelves(Handle handle) {
    try {
      return Shelves.of(handle.getConnection());
    } catch (SQLException trouble) {
      throw new Broken(trouble);
    }
  }

  boolean isTargetEmpty() {
    return shelves.stream().allMatch(shelf -> to.read(handle -> last(handle, shelf)).isEmpty());
  }

  /// Carries what did not arrive yet, and compares it: the vault last, so that nobody serves before
  /// `marks` and all else are there and are the same. Throws [CannotOpen] where the two differ.
  List<Carried> carry(Runnable marks) {
    var most = shelves.stream().filter(shelf -> !isLast(shelf)).toList();
    most.forEach(this::carry);
    marks.run();
    var same = new ArrayList<>(most.stream().map(this::compared).toList());
    for (var shelf : shelves.stream().filter(Carriage::isLast).toList()) {
      replace(shelf);
      same.add(compared(shelf));
    }
    return List.copyOf(same);
  }

  private static boolean isLast(Shelf shelf) {
    return shelf.table().equals(Shelves.LAST);
  }

  /// In place of a word that stands there for what has not ended.
  private void replace(Shelf shelf) {
    var rows = from.read(handle -> next(handle.getConnection(), shelf, Optional.empty()));
    to.write(handle -> {
      handle.execute("DELETE FROM " + shelf.table());
      return put(handle, shelf, rows);
    });
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
    var here = from.read(handle -> sum(handle, shelf));
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
