package io.onebalance.store.engine;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// Where the two databases say the same in different words.
public enum Dialect {
  SQLITE,
  POSTGRESQL;

  /// All who write to PostgreSQL take this turn, whichever process they are in: what is numbered
  /// within it is committed in the order of its numbers, and no two wait for each other's rows.
  private static final long TURN = 7_308_620_085_107_154_796L;

  /// That of the connection.
  public static Dialect of(Handle handle) {
    return handle.getConfig(Spoken.class).dialect();
  }

  /// Lets all handles of it speak this dialect.
  public Jdbi spokenBy(Jdbi jdbi) {
    return jdbi.configure(Spoken.class, spoken -> spoken.dialect(this))
        .configure(SqlStatements.class, said -> said.setSqlParser(new Placeholders()));
  }

  /// Whether a column is one of the texts in the JSON list that is bound under this name.
  public String among(String column, String list) {
    return switch (this) {
      case SQLITE -> column + " IN (SELECT value FROM json_each(:" + list + "))";
      case POSTGRESQL ->
          column + " IN (SELECT json_array_elements_text(CAST(:" + list + " AS JSON)))";
    };
  }

  /// Compares texts to a pattern, whatever the case of their letters.
  public String like() {
    return switch (this) {
      case SQLITE -> "LIKE";
      case POSTGRESQL -> "ILIKE";
    };
  }

  /// Lets a transaction that has asked nothing yet read all as it was at one moment; SQLite does so
  /// by itself. Said of the transaction and not of the session: to set that, and to put it back,
  /// takes several answers of the server, and behind a pooler it stays with whoever comes next.
  public void atOneMoment(Handle handle) {
    switch (this) {
      case SQLITE -> {}
      case POSTGRESQL -> handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    }
  }

  /// Waits for the turn to write, for so many milliseconds at most; the end of the transaction
  /// gives it back. SQLite does so by itself.
  public void takeTurn(Handle handle, long patience) {
    switch (this) {
      case SQLITE -> {}
      case POSTGRESQL ->
          handle
              .createQuery("SELECT set_config('lock_timeout', ?, true), pg_advisory_xact_lock(?)")
              .bind(0, patience + "ms")
              .bind(1, TURN)
              .map((_, _) -> true)
              .one();
    }
  }
}
