package io.onebalance.store.history;

import io.onebalance.store.Database;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// How far the journals of all instances on a server are counted, kept in a copy of its database:
/// where the copy is put back, each instance counts what its journal holds since.
public final class ServerMarks {
  private static final String TABLE = "server_marks";

  /// What a file counts from: requests are numbered on from there.
  private static final String RESTORED = "restored";

  private ServerMarks() {}

  /// Writes what the server says into the copy.
  public static void keep(Handle server, Database copy) {
    var marks = read(server, "ledger_mark");
    var newest = Mark.read(server, RESTORED).newest();
    copy.write(handle -> {
      handle.execute(
          "CREATE TABLE "
              + TABLE
              + " (instance TEXT PRIMARY KEY, position INTEGER, newest INTEGER)");
      handle.execute("UPDATE ledger_mark SET newest = ?", newest);
      return write(handle, "INSERT INTO " + TABLE, marks);
    });
  }

  /// Writes what the copy says to the server; of a file's copy only where numbers go on.
  public static void putBack(Database copy, Database server) {
    var marks =
        copy.read(handle -> hasMarks(handle) ? read(handle, TABLE) : Map.<String, Mark>of());
    var newest = Mark.read(copy).newest();
    server.write(handle -> {
      new Mark(0, newest).write(handle, RESTORED);
      marks.forEach((instance, mark) -> mark.write(handle, instance));
      return true;
    });
  }

  private static boolean hasMarks(Handle copy) {
    return copy.createQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = ?")
            .bind(0, TABLE)
            .mapTo(Integer.class)
            .one()
        > 0;
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

  private static boolean write(Handle handle, String insert, Map<String, Mark> marks) {
    marks.forEach((instance, mark) ->
        handle.execute(
            insert + " (instance, position, newest) VALUES (?, ?, ?)",
            instance,
            mark.position(),
            mark.newest()));
    return true;
  }
}
