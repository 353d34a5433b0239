package io.onebalance;

import static io.onebalance.FarProvider.AUTH;

import io.onebalance.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Several processes of the program on one PostgreSQL, each with data of its own, before one
/// provider.
final class Instances implements AutoCloseable {
  static final String MASTER = "bWFzdGVya2V5bWFzdGVya2V5bWFzdGVya2V5bWFzdGU=";

  final FarProvider provider = new FarProvider();
  final List<Child> running = new ArrayList<>();
  private final Path dir;
  private final String settings;
  private final String[] flags;
  private final HttpClient http = HttpClient.newHttpClient();

  /// `settings` are lines of their settings, `flags` those of their virtual machines.
  Instances(Path dir, String settings, String... flags) {
    this.dir = dir;
    this.settings = settings;
    this.flags = flags.clone();
  }

  /// Starts one more, which reaches the database at this port.
  Child start(int port) {
    var child = serving(running.size(), port);
    running.add(child);
    return child;
  }

  /// Starts the nth anew.
  Child restart(int n) {
    running.get(n).close();
    var child = serving(n, PostgresServer.port());
    running.set(n, child);
    return child;
  }

  /// The same for those who measure how long it takes: waits however long that is.
  void restartAtLast(int n) {
    running.get(n).close();
    var child = Child.starting(home(n), environment(PostgresServer.port()), flags);
    child.awaitServingAtLast();
    running.set(n, child);
  }

  private Child serving(int n, int port) {
    return Child.serving(home(n), environment(port), flags);
  }

  Path home(int n) {
    var home = dir.resolve("instance-" + n);
    try {
      Files.createDirectories(home);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    provider.settings(home, settings);
    return home;
  }

  Map<String, String> environment(int port) {
    return Map.of(
        "DATABASE_URL",
        PostgresServer.url(port, PostgresServer.databaseFor(dir)),
        "MASTER_KEY",
        MASTER);
  }

  /// Adds a key; gives its id.
  String add(Child at, String key) {
    FarProvider.add(at, key);
    var found = at.get("/api/keys?provider=groq&limit=1000&q=" + key, AUTH).body();
    return found.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
  }

  /// Asks this instance about a key, as the key API tells it.
  static String told(Child at, String id) {
    return at.get("/api/keys/" + id, AUTH).body();
  }

  /// Asks until it tells so.
  static void awaitTold(Child at, String id, String what) {
    while (!told(at, id).contains(what)) {
      Thread.onSpinWait();
    }
  }

  int patch(Child at, String id, String json) {
    var request =
        at.to("/api/keys/" + id, AUTH)
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json));
    return at.send(request, BodyHandlers.ofString()).statusCode();
  }

  int delete(Child at, String id) {
    return at.send(at.to("/api/keys/" + id, AUTH).DELETE(), BodyHandlers.ofString()).statusCode();
  }

  /// A chat as a client asks it; the status, or 0 where nobody answers.
  int chat(String url) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
            .timeout(Duration.ofSeconds(30))
            .header("authorization", "Bearer " + AUTH)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(FarProvider.chat("groq/any", false)))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).statusCode();
    } catch (IOException gone) {
      return 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    running.forEach(Child::close);
    http.shutdownNow();
    provider.close();
  }
}
