package io.onebalance.store.postgres;

import io.onebalance.store.file.CannotOpen;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Why a server does not let us in, in words that help. Codes are PostgreSQL's (appendix A of its
/// manual).
public final class Refusal {
  private Refusal() {}

  /// Whether waiting may help: nobody listens, the network is cut, the server starts or stops, or
  /// has no room.
  public static boolean mayPass(SQLException trouble) {
    var state = String.valueOf(trouble.getSQLState());
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.equals("null");
  }

  public static CannotOpen of(PostgresUrl url, SQLException trouble) {
    return new CannotOpen(url.place() + " cannot be used: " + why(url, trouble), trouble);
  }

  static String why(PostgresUrl url, SQLException trouble) {
    return switch (String.valueOf(trouble.getSQLState())) {
      case "28P01" -> "the password of user '" + url.user() + "' is wrong";
      case "28000" -> "user '" + url.user() + "' is not let in (pg_hba.conf): " + first(trouble);
      case "3D000" -> "there is no such database; create it: CREATE DATABASE …";
      case "42501" -> lacksRights(url);
      default -> first(trouble); // there are hundreds; the server's own words help best
    };
  }

  static String lacksRights(PostgresUrl url) {
    return "user '%s' may not make tables there: GRANT ALL ON DATABASE %s TO %s; GRANT ALL ON SCHEMA public TO %s"
        .formatted(url.user(), url.place().database(), url.user(), url.user());
  }

  private static String first(SQLException trouble) {
    @Nullable String message = trouble.getMessage();
    return message == null ? "no reason was told" : message.lines().findFirst().orElse("");
  }
}
