package io.onebalance.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The disk did not take or give what was asked; nothing was changed. Caught once, where people are
/// answered: `FULL` is a 507, `MEANINGLESS` a fault of ours, the others are a 503. The message
/// holds no stored value.
public final class StoreTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of trouble it is.
  public enum Kind {
    /// The disk is full.
    FULL,
    /// Somebody else holds the database for longer than we wait.
    BUSY,
    /// The file or the server is gone, read-only, or broken, or a rule of its tables was violated.
    AWAY,
    /// The database is well, but what it was asked means nothing to it.
    MEANINGLESS
  }

  private final Kind kind;

  StoreTrouble(Kind kind, String why) {
    super(why);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// Only the driver's own words are passed on: what a library adds to them may hold values.
  static StoreTrouble of(Throwable trouble) {
    for (@Nullable Throwable t = trouble; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return new StoreTrouble(kind(sql), String.valueOf(sql.getMessage()));
      }
    }
    return new StoreTrouble(Kind.AWAY, trouble.getClass().getSimpleName());
  }

  /// Codes are those of the database that it came from; the connection pool has none.
  private static Kind kind(SQLException trouble) {
    return trouble instanceof SQLiteException sqlite
        ? ofSqlite(sqlite)
        : ofServer(String.valueOf(trouble.getSQLState()));
  }

  /// Of PostgreSQL (appendix A of its manual): no room on its disk; a lock, a deadlock or a
  /// statement that took too long; a value or a statement that is malformed.
  private static Kind ofServer(String state) {
    if (state.startsWith("22")) {
      return Kind.MEANINGLESS;
    }
    return switch (state) {
      case "53100" -> Kind.FULL;
      case "42601" -> Kind.MEANINGLESS;
      case "55P03", "40P01", "40001", "57014" -> Kind.BUSY;
      default -> Kind.AWAY; // hundreds of others: nothing is known but that it does not work
    };
  }

  private static Kind ofSqlite(SQLiteException trouble) {
    var code = trouble.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Kind.FULL;
    }
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code
        ? Kind.BUSY
        : Kind.AWAY;
  }
}
