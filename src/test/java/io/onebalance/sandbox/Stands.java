package io.onebalance.sandbox;

import io.onebalance.sandbox.script.Script;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// A sandbox with a script and a clock that stands still, and a plain client to ask it.
final class Stands implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:30Z");

  final Script script = new Script();
  final Sandbox sandbox;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();

  Stands() {
    sandbox = Sandbox.start(vertx, script, now::get).await();
  }

  void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/json");
  }

  /// An OpenAI chat with this key and model.
  HttpRequest chat(String key, String model, boolean stream) {
    return to("/openai/v1/chat/completions")
        .header("authorization", "Bearer " + key)
        .POST(
            HttpRequest.BodyPublishers.ofString(
                """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"hello"}]}
                """
                    .formatted(model, stream)))
        .build();
  }

  HttpResponse<String> ask(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> askBytes(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.shutdownNow();
    sandbox.close().await();
    vertx.close().await();
  }
}
