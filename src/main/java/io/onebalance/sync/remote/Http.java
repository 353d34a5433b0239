package io.onebalance.sync.remote;

import io.onebalance.secret.Secret;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks one server, with the field that opens it. It follows no redirect: a key must not travel to
/// another host, and a way to the login page is no success.
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_WORDS = 300;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String base;
  private final Map<String, Secret> opening;

  Http(String base, Map<String, Secret> opening) {
    this.base = base.replaceFirst("/+$", "");
    this.opening = Map.copyOf(opening);
  }

  static Http bearer(String base, Secret token) {
    return new Http(base, Map.of("authorization", new Secret("Bearer " + token.reveal())));
  }

  String base() {
    return base;
  }

  JsonNode get(String path) throws IOException {
    return json(text("GET", path, "", ""));
  }

  JsonNode post(String path, JsonNode body) throws IOException {
    return json(text("POST", path, "application/json", body.toString()));
  }

  /// The body of a 200. What may go better later (429, 5xx, no answer) is an [IOException], any
  /// other answer a [Refusal].
  String text(String method, String path, String type, String body) throws IOException {
    var request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    opening.forEach((name, value) -> request.header(name, value.reveal()));
    if (!type.isEmpty()) {
      request.header("content-type", type);
    }
    request.method(
        method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    var answer = sent(request.build());
    if (answer.statusCode() == 200) {
      return answer.body();
    }
    throw trouble(answer);
  }

  private URI uri(String path) throws Refusal {
    try {
      return URI.create(base + path);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(base + " is no address");
    }
  }

  private HttpResponse<String> sent(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Refusal("stopped while waiting for " + base);
    } catch (IOException unreachable) {
      throw new IOException(base + " does not answer: " + unreachable, unreachable);
    }
  }

  private IOException trouble(HttpResponse<String> answer) {
    var status = answer.statusCode();
    var why = base + " answered " + status + words(answer.body()).map(w -> ": " + w).orElse("");
    return status == 429 || status >= 500 ? new IOException(why) : new Refusal(why);
  }

  private static Optional<String> words(String body) {
    try {
      var json = JsonMapper.shared().readTree(body);
      var error = json.path("error");
      var first = json.path("errors").path(0).path("message");
      var message = error.isString() ? error : error.path("message");
      var said = first.isString() ? first : message.isString() ? message : json.path("message");
      return said.isString()
          ? Optional.of(
              said.stringValue().substring(0, Math.min(LONGEST_WORDS, said.stringValue().length())))
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  JsonNode json(String body) throws Refusal {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException notJson) {
      throw new Refusal(base + " did not answer in JSON");
    }
  }
}
