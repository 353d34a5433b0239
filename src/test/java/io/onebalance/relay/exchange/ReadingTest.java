package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.why.Whys;
import io.onebalance.relay.exchange.note.Drafts;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Bytes;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies on a real socket, read by a wheel that watches nothing else.
class ReadingTest {
  private static final String HEAD = "POST /api/openai/v1/files HTTP/1.1\r\nhost: x\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Drafts drafts = new Drafts(InstantSource.system(), _ -> {}, new Whys());
  private final Wheel wheel = new Wheel(vertx);
  private final CompletableFuture<Body> atRest = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("a body that passes by and that nobody takes after all is let go with its request")
  void nothing_watches_what_nobody_takes() throws Exception {
    var server = vertx.createHttpServer().requestHandler(this::refuse).listen(0, "127.0.0.1");
    try (var client = new Socket("127.0.0.1", server.await().actualPort())) {
      say(client, HEAD + "content-length: 100\r\n\r\n" + "x".repeat(50));
      assertThat(atRest.get(30, TimeUnit.SECONDS)).isInstanceOf(Body.Passing.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("a body of many pieces is kept in an array that holds nothing else")
  void a_kept_body_is_read_as_it_is(boolean told) throws Exception {
    var all = "0123456789".repeat(30_001).getBytes(StandardCharsets.US_ASCII);
    var server = vertx.createHttpServer().requestHandler(this::keep).listen(0, "127.0.0.1").await();
    var to = URI.create("http://127.0.0.1:" + server.actualPort() + "/api/openai/v1/files");
    var body = BodyPublishers.ofByteArray(all);
    try (var client = HttpClient.newHttpClient()) {
      var publisher = told ? body : BodyPublishers.fromPublisher(body);
      client.send(HttpRequest.newBuilder(to).POST(publisher).build(), BodyHandlers.discarding());
      var kept = (Body.Kept) atRest.get(30, TimeUnit.SECONDS);
      assertThat(Bytes.of(kept.bytes())).isEqualTo(all).isSameAs(Bytes.of(kept.bytes()));
    }
  }

  private void keep(HttpServerRequest request) {
    var limits = new BodyLimits(400_000, 400_000);
    Reading.of(clientOf(request), limits, new Room(2_000_000), wheel, Duration.ofSeconds(30))
        .onSuccess(atRest::complete)
        .onSuccess(_ -> request.response().end());
  }

  private Client clientOf(HttpServerRequest request) {
    var endpoint = Endpoint.parse("POST", "/api/openai/v1/files", "");
    return new Client(request, endpoint, drafts.begin("id", endpoint, Instant.EPOCH));
  }

  private void refuse(HttpServerRequest request) {
    var client = clientOf(request);
    Reading.of(client, new BodyLimits(10, 1000), new Room(0), wheel, Duration.ofMillis(10))
        .onSuccess(_ -> client.refuse(Refusal.failed("nobody is there to take it")))
        .onSuccess(body -> whenAtRest(wheel.millis()).onSuccess(_ -> atRest.complete(body)));
  }

  /// The wheel's time stands still while no alarm is set.
  private Future<Void> whenAtRest(long before) {
    return vertx
        .timer(200, TimeUnit.MILLISECONDS)
        .compose(
            _ -> wheel.millis() == before ? Future.succeededFuture() : whenAtRest(wheel.millis()));
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
