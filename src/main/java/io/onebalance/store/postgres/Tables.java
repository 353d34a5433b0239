package io.onebalance.store.postgres;

import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of a PostgreSQL database, brought to the newest schema. Each script is one
/// transaction: killed midway, it is undone and runs again at the next start. Of several instances
/// that start at once, one does it and the others wait (F63).
record Tables(PostgresUrl url, Schema schema) {
  /// The oldest that is tried.
  private static final int OLDEST = 14;

  private static final String NEWEST =
      "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success";

  /// How PostgreSQL says that there is no such table (appendix A of its manual).
  private static final String NO_TABLE = "42P01";

  private static final Logger log = LoggerFactory.getLogger(Tables.class);

  private static void refuseOld(PostgresUrl url, Connection connection) throws SQLException {
    var major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST) {
      throw new CannotOpen(
          "%s is of version %d: %d or later is needed".formatted(url.place(), major, OLDEST));
    }
  }

  /// Looks at them over this connection.
  void bring(Connection connection) throws SQLException {
    refuseOld(url, connection);
    var found = version(connection);
    refuseUnfit(connection, found);
    if (found < schema.newest()) {
      log.info("{} is brought from schema {} to {}", url.place(), found, schema.newest());
      migrate();
    }
  }

  private void refuseUnfit(Connection connection, int found) throws SQLException {
    if (found > schema.newest()) {
      throw new CannotOpen(
          "%s has schema %d, but this program knows schemas up to %d: start the newer program, or restore a copy made before the update"
              .formatted(url.place(), found, schema.newest()));
    }
    var mayMake = "SELECT has_schema_privilege(current_schema(), 'CREATE')";
    if (found < schema.newest() && !String.valueOf(text(connection, mayMake)).equals("t")) {
      throw new CannotOpen(url.place() + " cannot be used: " + Refusal.lacksRights(url));
    }
  }

  /// 0 of a database without tables. Asked straight away: only the first start of all finds none.
  private int version(Connection connection) throws SQLException {
    try {
      var newest = text(connection, NEWEST);
      return newest == null ? 0 : Integer.parseInt(newest);
    } catch (SQLException trouble) {
      if (!NO_TABLE.equals(trouble.getSQLState())) {
        throw trouble;
      }
    }
    if (text(connection, "SELECT to_regclass('keys')") != null) {
      throw new CannotOpen(
          url.place() + " has tables of another program: give One Balance a database of its own");
    }
    return 0;
  }

  private static @Nullable String text(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(question)) {
      return answer.next() ? answer.getString(1) : null;
    }
  }

  /// A script may take longer than an answer usually may.
  private void migrate() {
    try {
      Flyway.configure()
          .dataSource(url.with("socketTimeout", "0").source())
          .locations(schema.scriptsOf(Dialect.POSTGRESQL).toArray(String[]::new))
          .load()
          .migrate();
    } catch (FlywayException trouble) {
      throw new CannotOpen(
          "%s could not be brought to schema %d: %s"
              .formatted(url.place(), schema.newest(), trouble.getMessage()),
          trouble);
    }
  }
}
