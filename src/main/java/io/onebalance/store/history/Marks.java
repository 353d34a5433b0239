package io.onebalance.store.history;

import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// How far the journals of instances are counted, carried with what they counted: where a database
/// is moved to, and where a copy is put back, each instance goes on with what its journal holds
/// since. A file knows one journal, that of the process beside it; a copy of a server's database
/// has a table of all.
public final class Marks {
  private static final String TABLE = "server_marks";

  /// What a file counts from: requests are numbered on from there.
  private static final String RESTORED = "restored";

  private Marks() {}

  /// Writes what one database says into another that is to be used in its place. `local` is the
  /// process that uses either, where it is a file.
  public static void carry(Database from, Database to, String local) {
    var marks = from.read(handle -> of(handle, local));
    to.write(handle -> put(handle, marks, local));
  }

  /// Writes what the server says into the copy.
  public static void keep(Handle server, Database copy, String local) {
    var marks = of(server, local);
    copy.write(handle -> {
      handle.execute(
          "CREATE TABLE "
              + TABLE
              + " (instance TEXT PRIMARY KEY, position INTEGER, newest INTEGER)");
      marks.forEach((instance, mark) ->
          handle.execute(
              "INSERT INTO " + TABLE + " (instance, position, newest) VALUES (?, ?, ?)",
              instance,
              mark.position(),
              mark.newest()));
      return put(handle, marks, local);
    });
  }

  /// Writes what the copy says to the server.
  public static void putBack(Database copy, Database server, String local) {
    var marks = copy.read(handle -> hasMarks(handle) ? read(handle, TABLE) : of(handle, local));
    var newest = Mark.read(copy).newest();
    server.write(handle -> {
      new Mark(0, newest).write(handle, RESTORED);
      return put(handle, marks, local);
    });
  }

  private static boolean hasMarks(Handle copy) {
    return copy.createQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = ?")
            .bind(0, TABLE)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static Map<String, Mark> of(Handle handle, String local) {
    return switch (Dialect.of(handle)) {
      case SQLITE -> Map.of(local, Mark.read(handle, local));
      case POSTGRESQL -> read(handle, "ledger_mark");
    };
  }

  private static Map<String, Mark> read(Handle handle, String table) {
    var marks = new TreeMap<String, Mark>();
    handle
        .createQuery("SELECT instance, position, newest FROM " + table)
        .map((row, _) ->
            Map.entry(
                row.getString("instance"),
                new Mark(row.getLong("position"), row.getLong("newest"))))
        .forEach(entry -> marks.put(entry.getKey(), entry.getValue()));
    return marks;
  }

  private static boolean put(Handle handle, Map<String, Mark> marks, String local) {
    switch (Dialect.of(handle)) {
      case SQLITE -> {
        var newest = marks.values().stream().mapToLong(Mark::newest).max().orElse(0);
        var position = marks.getOrDefault(local, new Mark(0, 0)).position();
        new Mark(position, newest).write(handle, local);
      }
      case POSTGRESQL -> marks.forEach((instance, mark) -> mark.write(handle, instance));
    }
    return true;
  }
}
