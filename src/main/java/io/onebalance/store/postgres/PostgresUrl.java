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
import java.util.Optional;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/// Where a PostgreSQL database is and how it is entered, as people write it:
/// `postgresql://user:password@host:port/database?sslmode=require`. Never printed with its
/// password.
///
/// @param place host, port and database, as they may be told to anybody
/// @param bouncer whether connections go through a pooler that gives each transaction another one
///   (`pgbouncer=true`): then nothing may hang on a session
/// @param listening where one can listen past a pooler (`direct=HOST:PORT`)
public record PostgresUrl(
    Place place,
    String user,
    Secret password,
    Map<String, String> options,
    boolean bouncer,
    Optional<Place> listening) {
  /// A database on a server.
  public record Place(String host, int port, String database) {
    @Override
    public String toString() {
      return "PostgreSQL at " + host + ":" + port + "/" + database;
    }
  }

  private static final int USUAL_PORT = 5432;
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

  private static final Set<String> OURS = Set.of("pgbouncer", "direct");

  /// What may stand in the query beside our own words: those of the driver.
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
          // It is told with the greeting what it would be told in two questions after it. Older
          // servers are refused anyway.
          "assumeMinServerVersion", "14",
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
      return read(url);
    } catch (IllegalArgumentException malformed) {
      throw new CannotOpen("DATABASE_URL " + malformed.getMessage());
    }
  }

  /// For those who are given an address before it is used: [IllegalArgumentException] says what it
  /// has to be and what is wrong, and nothing of the password. Other databases are not looked at.
  public static void check(String url) {
    if (is(url)) {
      read(url);
    }
  }

  private static PostgresUrl read(String url) {
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
    var direct = Optional.ofNullable(options.remove("direct")).map(to -> direct(to, place));
    return new PostgresUrl(place, user, password, options, bouncer, direct);
  }

  private static Place direct(String to, Place place) {
    var colon = to.lastIndexOf(':');
    try {
      return new Place(
          to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)), place.database);
    } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
      throw wrong("'direct' is HOST:PORT");
    }
  }

  /// The same, for who hangs on a session; empty where there is only a pooler.
  public Optional<PostgresUrl> direct() {
    var where = listening.or(() -> bouncer ? Optional.empty() : Optional.of(place));
    return where.map(to -> new PostgresUrl(to, user, password, options, false, Optional.empty()));
  }

  private static Map<String, String> options(URI uri) {
    var options = new LinkedHashMap<>(USUAL);
    for (var part : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
      var equals = part.indexOf('=');
      var name = decoded(equals < 0 ? part : part.substring(0, equals));
      if (!OPTIONS.contains(name) && !OURS.contains(name)) {
        throw wrong("'" + name + "' is not known in its query");
      }
      options.put(name, equals < 0 ? "" : decoded(part.substring(equals + 1)));
    }
    return options;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "has to be postgresql://user:password@host:port/database?sslmode=…: " + why);
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
    return new PostgresUrl(place, user, password, more, bouncer, listening);
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
