package io.onebalance.cli;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running server, as the verbs that act on one reach it: where, and by which gateway key.
record Remote(String url, Secret key) {
  private static final String URL = "--url";
  private static final String AUTH_KEY = "--auth-key";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Names the options that say which server is meant.
  static void describe(CommandSpec spec) {
    spec.addOption(option(URL, "URL", "The server, if not the one of these settings."));
    spec.addOption(
        option(AUTH_KEY, "KEY", "An unrestricted gateway key, if not the one of these settings."));
  }

  static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  /// The server that is meant; empty where no gateway key is known.
  static Optional<Remote> of(ParseResult given, Settings settings) {
    var url = Optional.<String>ofNullable(given.matchedOptionValue(URL, null));
    var key = Optional.<String>ofNullable(given.matchedOptionValue(AUTH_KEY, null));
    return key.map(Secret::new)
        .or(() -> settings.authKey().flatMap(Remote::unrestricted))
        .map(known -> new Remote(url.orElseGet(() -> url(settings)), known));
  }

  /// The first that may do everything, without its expiry.
  private static Optional<Secret> unrestricted(Secret definitions) {
    return Arrays.stream(definitions.reveal().split(";", -1))
        .filter(definition -> !definition.isBlank() && !definition.contains("="))
        .findFirst()
        .map(definition -> new Secret(definition.split("\\(", 2)[0].strip()));
  }

  /// Where clients on this machine reach the program.
  static String url(Settings settings) {
    var listener = settings.listener();
    var address = listener.address();
    var host = Set.of("0.0.0.0", "::").contains(address.host()) ? "127.0.0.1" : address.host();
    return (listener.tls().isPresent() ? "https://" : "http://")
        + new Settings.Address(host, address.port());
  }

  /// What the server answers to `method`, with a JSON body where one is given. What it refuses is
  /// an [IOException] with its reason.
  JsonNode ask(String method, String path, Optional<JsonNode> body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
            .timeout(PATIENCE)
            .header("authorization", "Bearer " + key.reveal())
            .header("content-type", "application/json")
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString()))
                    .orElseGet(BodyPublishers::noBody))
            .build();
    var answer = sent(request);
    var json = read(answer.body());
    if (answer.statusCode() != 200) {
      var why = json.path("error").path("message").asString("status " + answer.statusCode());
      throw new IOException(url + " refused: " + why);
    }
    return json;
  }

  /// What the server answers to a GET of this path.
  HttpResponse<String> get(String path) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
            .timeout(PATIENCE)
            .header("authorization", "Bearer " + key.reveal())
            .build();
    return sent(request);
  }

  /// Hears the lines of a stream of events until the server ends it.
  void follow(String path, Consumer<String> hear) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
            .header("authorization", "Bearer " + key.reveal())
            .header("accept", "text/event-stream")
            .build();
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var answer = http.send(request, BodyHandlers.ofLines());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " refused: status " + answer.statusCode());
      }
      answer.body().forEach(hear);
    } catch (UncheckedIOException ended) {
      throw new IOException("the server ended the stream", ended);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for " + url, stopped);
    }
  }

  private HttpResponse<String> sent(HttpRequest request) throws IOException {
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return http.send(request, BodyHandlers.ofString());
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
