package io.onebalance.store.postgres;

import io.onebalance.secret.Secret;
import io.onebalance.store.file.CannotOpen;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/// Where a PostgreSQL database is and how it is entered, as people write it:
/// `postgresql://user:password@host:port/database?sslmode=require`. Never printed with its
/// password.
///
/// @param place host, port and database, as they may be told to anybody
/// @param bouncer whether connections go through a pooler that gives each transaction another one
///   (`pgbouncer=true`): then nothing may hang on a session
public record PostgresUrl(
    Place place, String user, Secret password, Map<String, String> options, boolean bouncer) {
  /// A database on a server.
  public record Place(String host, int port, String database) {
    @Override
    public String toString() {
      return "PostgreSQL at " + host + ":" + port + "/" + database;
    }
  }

  private static final int USUAL_PORT = 5432;
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

  /// What may stand in the query, beside `pgbouncer`: words of the driver.
  private static final Set<String> OPTIONS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslnegotiation",
          "channelBinding",
          "connectTimeout",
          "socketTimeout",
          "currentSchema",
          "ApplicationName");

  /// Without these a server that hangs would keep a thread for ever. In seconds.
  private static final Map<String, String> USUAL =
      Map.of(
          "connectTimeout", "5",
          "socketTimeout", "20",
          "ApplicationName", "one-balance",
          "tcpKeepAlive", "true",
          // A server's details repeat the values that it was given.
          "logServerErrorDetail", "false");

  public PostgresUrl {
    options = Map.copyOf(options);
  }

  public static boolean is(String url) {
    return SCHEMES.stream().anyMatch(scheme -> url.startsWith(scheme + "://"));
  }

  /// Throws [CannotOpen] that says what is wrong, and nothing of the password.
  public static PostgresUrl parse(String url) {
    try {
      return of(new URI(url));
    } catch (URISyntaxException malformed) {
      throw wrong("a character in it has to be written with % (a password may need it)");
    }
  }

  private static PostgresUrl of(URI uri) {
    var database = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
    if (uri.getHost() == null || database.isEmpty() || database.contains("/")) {
      throw wrong("it needs a host and a database");
    }
    var who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    var colon = who.indexOf(':');
    var user = decoded(colon < 0 ? who : who.substring(0, colon));
    if (user.isEmpty()) {
      throw wrong("it needs a user");
    }
    var host = uri.getHost().replaceAll("[\\[\\]]", "");
    var place = new Place(host, uri.getPort() < 0 ? USUAL_PORT : uri.getPort(), decoded(database));
    var options = options(uri);
    var bouncer = Boolean.parseBoolean(options.remove("pgbouncer"));
    var password = new Secret(colon < 0 ? "" : decoded(who.substring(colon + 1)));
    return new PostgresUrl(place, user, password, options, bouncer);
  }

  private static Map<String, String> options(URI uri) {
    var options = new LinkedHashMap<>(USUAL);
    for (var part : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
      var equals = part.indexOf('=');
      var name = decoded(equals < 0 ? part : part.substring(0, equals));
      if (!OPTIONS.contains(name) && !name.equals("pgbouncer")) {
        throw wrong("'" + name + "' is not known in its query");
      }
      options.put(name, equals < 0 ? "" : decoded(part.substring(equals + 1)));
    }
    return options;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static CannotOpen wrong(String why) {
    return new CannotOpen(
        "DATABASE_URL has to be postgresql://user:password@host:port/database?sslmode=…: " + why);
  }

  /// Connections to it.
  public PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {place.host});
    source.setPortNumbers(new int[] {place.port});
    source.setDatabaseName(place.database);
    source.setUser(user);
    source.setPassword(password.reveal());
    try {
      for (var option : options.entrySet()) {
        source.setProperty(option.getKey(), option.getValue());
      }
    } catch (SQLException unknown) {
      throw new CannotOpen("DATABASE_URL: " + unknown.getMessage(), unknown);
    }
    if (bouncer) {
      source.setPrepareThreshold(0);
    }
    return source;
  }

  /// The same with this option set.
  PostgresUrl with(String option, String value) {
    var more = new LinkedHashMap<>(options);
    more.put(option, value);
    return new PostgresUrl(place, user, password, more, bouncer);
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
