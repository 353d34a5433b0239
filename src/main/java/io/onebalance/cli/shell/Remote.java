package io.onebalance.cli.shell;

import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running server, as the verbs that act on one reach it: where, and by which gateway key.
public record Remote(String url, Secret key) {
  private static final String URL = "--url";
  private static final String AUTH_KEY = "--auth-key";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Before its first line a server may wait as long for a provider, and longer for many.
  private static final Duration LONGER = Duration.ofMinutes(2);

  private static final int LARGEST_PORT = 65_535;

  /// Names the options that say which server is meant.
  public static void describe(CommandSpec spec) {
    describe(
        spec,
        "The server, if not the one of these settings.",
        "An unrestricted gateway key, if not the one of these settings.");
  }

  /// The same, with other words for what they are there for.
  public static void describe(CommandSpec spec, String url, String key) {
    spec.addOption(option(URL, "URL", url));
    spec.addOption(option(AUTH_KEY, "KEY", key));
  }

  public static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  /// The server that is meant; empty where no gateway key is known.
  public static Optional<Remote> of(ParseResult given, Settings settings, Instant now) {
    var url = givenUrl(given);
    return givenKey(given)
        .or(() -> OwnKey.unrestricted(settings, now))
        .map(known -> new Remote(url.orElseGet(() -> url(settings)), known));
  }

  /// The address that was named.
  public static Optional<String> givenUrl(ParseResult given) {
    var url = Optional.<String>ofNullable(given.matchedOptionValue(URL, null));
    if (url.filter(text -> !isAddress(text)).isPresent()) {
      throw new WrongUsage(
          URL + " is no address of a server; allowed: http://HOST:PORT, https://HOST");
    }
    return url;
  }

  /// The gateway key that was named.
  public static Optional<Secret> givenKey(ParseResult given) {
    return Optional.<String>ofNullable(given.matchedOptionValue(AUTH_KEY, null))
        .map(text -> opening(AUTH_KEY, text));
  }

  /// What opens a server, as somebody gave it under this `name`. Lines of files end in blanks that
  /// are no part of it; what else no header takes is refused, and not repeated.
  public static Secret opening(String name, String text) {
    var key = text.strip();
    if (key.isEmpty() || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new WrongUsage(
          name
              + (key.isEmpty() ? " is empty" : " has a character that no header may have")
              + "; allowed: printable ASCII");
    }
    return new Secret(key);
  }

  /// Whether a server can be asked there.
  public static boolean isAddress(String text) {
    try {
      var uri = new URI(text);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() <= LARGEST_PORT
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /// As [#of(ParseResult, Settings, Instant)]; where no gateway key is known, that is told.
  public static Optional<Remote> meant(ParseResult given, Shell shell, Optional<String> config)
      throws BadSettings {
    var settings = shell.reader(config).read().settings();
    var remote = of(given, settings, shell.clock().instant());
    if (remote.isEmpty()) {
      shell
          .err()
          .println(
              "No unrestricted gateway key is set that is in force; " + AUTH_KEY + " names one.");
    }
    return remote;
  }

  /// The server of these settings; empty where no gateway key is known.
  public static Optional<Remote> of(Settings settings, Instant now) {
    return OwnKey.unrestricted(settings, now).map(known -> new Remote(url(settings), known));
  }

  /// Where clients on this machine reach the program.
  public static String url(Settings settings) {
    var listener = settings.listener();
    return listener.address().url(listener.tls().isPresent(), listener.address().port());
  }

  /// What the server answers to `method`, with a JSON body where one is given. What it refuses is a
  /// [ServerRefusal] with its reason.
  public JsonNode ask(String method, String path, Optional<JsonNode> body) throws IOException {
    return read(whole(request(method, path, body, PATIENCE)));
  }

  /// What the server answers to a GET, as it is.
  public String text(String path) throws IOException {
    return whole(to(path).timeout(PATIENCE).build());
  }

  private String whole(HttpRequest request) throws IOException {
    var answer = sent(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  /// As [#ask], where the answer is one line of JSON after the other: each is told as it comes.
  public void lines(String path, JsonNode body, Consumer<JsonNode> told) throws IOException {
    try (var lines = lines(request("POST", path, Optional.of(body), LONGER))) {
      for (var line : (Iterable<String>) lines::iterator) {
        told.accept(read(line));
      }
    } catch (UncheckedIOException cut) {
      throw new IOException(url + " broke off in the middle of its answer", cut);
    }
  }

  private Stream<String> lines(HttpRequest request) throws IOException {
    var answer = sent(request, BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      try (var lines = answer.body()) {
        throw refusal(answer.statusCode(), lines.collect(Collectors.joining()));
      }
    }
    return answer.body();
  }

  /// What is not JSON is no refusal of a One Balance's.
  private IOException refusal(int status, String body) {
    try {
      var said = JsonMapper.shared().readTree(body).path("error").path("message");
      return new ServerRefusal(status, url + " refused: " + said.asString("status " + status));
    } catch (JacksonException noJson) {
      return new IOException(
          url
              + " answers with status "
              + status
              + " and no JSON; if One Balance is there, something before it does not reach it",
          noJson);
    }
  }

  private HttpRequest request(
      String method, String path, Optional<JsonNode> body, Duration patience) {
    return to(path)
        .timeout(patience)
        .header("content-type", "application/json")
        .method(
            method,
            body.map(json -> BodyPublishers.ofString(json.toString()))
                .orElseGet(BodyPublishers::noBody))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
        .header("authorization", "Bearer " + key.reveal());
  }

  /// Hears the lines of a stream of events until the server ends it, or nobody wants more.
  public void follow(String path, Predicate<String> goesOn) throws IOException {
    try (var lines = lines(to(path).header("accept", "text/event-stream").build())) {
      var rest = lines.iterator();
      var more = true;
      while (more && rest.hasNext()) {
        more = goesOn.test(rest.next());
      }
    } catch (UncheckedIOException ended) {
      throw new IOException(url + " ended the stream", ended);
    }
  }

  /// The client stays open where the answer comes in lines; it ends with the program, or when
  /// nobody holds it.
  private <T> HttpResponse<T> sent(HttpRequest request, BodyHandler<T> as) throws IOException {
    try {
      return HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, as);
    } catch (ConnectException nobody) {
      throw new ConnectException("nothing answers at " + url + "; is the server running?");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for " + url, stopped);
    }
  }

  private JsonNode read(String body) throws IOException {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException noJson) {
      throw new IOException(url + " is no One Balance: its answer is not JSON", noJson);
    }
  }
}
