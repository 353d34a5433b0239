package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.price.Prices;
import io.onebalance.program.Program;
import io.onebalance.program.Welcome;
import io.onebalance.provider.Catalogue;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Script;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The whole program on a free port, as an operator runs it: settings from a file, keys in SQLite,
/// added over the key API. In place of the providers stands a sandbox outside of the program, whose
/// script the test writes.
public final class Running implements AutoCloseable {
  public static final String AUTH = "gateway-key-for-tests-only";

  /// May use one model of OpenAI, one of Google's and one of Anthropic's.
  static final String RESTRICTED = "restricted-gateway-key-for-tests";

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String PERMISSIONS =
      "=openai,gpt-4o-mini&google-ai-studio,gemini-2.5-flash&anthropic,claude-haiku-4-5";

  public final Script script = new Script();
  public final Sandbox sandbox;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path dir;
  private final String authKey;
  private final InstantSource clock;
  private Program program;

  private Running(Path dir, String settings, String authKey, InstantSource clock) {
    this.dir = dir;
    this.authKey = authKey;
    this.clock = clock;
    this.sandbox = Sandbox.start(vertx, script, Clock.systemUTC()).await();
    write("port: 0\ndata-dir: data\n" + settings + providers(sandbox.url()));
    this.program = start();
  }

  public static Running in(Path dir) {
    return in(dir, "");
  }

  /// `settings` are further lines of the YAML file.
  static Running in(Path dir, String settings) {
    return at(Clock.systemUTC(), dir, settings);
  }

  /// As [#in(Path, String)], by a clock that the test sets.
  public static Running at(InstantSource clock, Path dir, String settings) {
    return new Running(dir, settings, AUTH + ";" + RESTRICTED + PERMISSIONS, clock);
  }

  /// `authKey` is the setting: gateway keys in their grammar.
  static Running with(Path dir, Secret authKey) {
    return new Running(dir, "", authKey.reveal(), Clock.systemUTC());
  }

  private static String providers(String sandbox) {
    return """
    providers:
      google-ai-studio: {base-url: '%1$s'}
      openai: {base-url: '%1$s/openai/v1'}
      anthropic: {base-url: '%1$s/anthropic'}
      groq: {base-url: '%1$s/openai/v1'}
      openrouter: {base-url: '%1$s/openai/v1'}
      azure-openai: {base-url: '%1$s'}
      aws-bedrock: {base-url: '%1$s'}
      google-vertex-ai: {base-url: '%1$s/gemini'}
      workers-ai: {base-url: '%1$s/openai'}
    """
        .formatted(sandbox);
  }

  private void write(String yaml) {
    try {
      Files.createDirectories(dir);
      Files.writeString(dir.resolve("one-balance.yaml"), yaml);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Program start() {
    var environment = Map.of("AUTH_KEY", authKey);
    var where = new Whereabouts(dir, environment, Optional.empty());
    try {
      var loaded =
          new SettingsReader(
                  where, new Vet(Catalogue.builtIn()::with, Prices.builtIn()::with, _ -> {}))
              .read();
      var started =
          Program.start(loaded.settings(), new Secret(authKey), clock, new SecureRandom());
      started.tell(loaded.values());
      return started;
    } catch (BadSettings bad) {
      throw new IllegalStateException(bad.problems().toString(), bad);
    }
  }

  /// Stops the program and starts it anew on the same data, most likely on another port.
  void restart() {
    program.close();
    program = start();
  }

  /// Adds keys of a provider, as an operator would.
  public Running keys(String provider, String... keys) {
    var added =
        send(
            to("/api/keys/add/" + provider)
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString(String.join("\n", keys))));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    return this;
  }

  public String url() {
    return program.url();
  }

  HttpRequest.Builder to(String path) {
    return bare(path).header("authorization", "Bearer " + AUTH);
  }

  /// A request without any credential.
  HttpRequest.Builder bare(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path)).timeout(LONG);
  }

  public HttpResponse<String> get(String path) {
    return send(to(path).GET());
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// How many requests reached the providers since they were last forgotten.
  long asked() {
    return sandbox.seen().count();
  }

  /// The key that the last request came with at the provider.
  String lastKey() {
    return sandbox.seen().last().key();
  }

  /// Looks for what alerts are to be told of, as the program does every few seconds.
  void look() {
    program.look();
  }

  Welcome.Places places() {
    return program.places();
  }

  @Override
  public void close() {
    http.shutdownNow();
    program.close();
    vertx.close().await();
  }
}
