package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Health, cross-origin rules and heads, before any door.
class FrontTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void tells_that_it_lives_and_whether_it_is_ready() throws IOException {
    house.open();
    assertThat(get("/health/live").text()).isEqualTo("alive\n");
    assertThat(get("/health/ready").status()).isEqualTo(200);
    house.trouble.set(Optional.of("the store is away"));
    assertThat(get("/health/ready").status()).isEqualTo(200);
    assertThat(get("/health/ready").text()).isEqualTo("ready, degraded: the store is away\n");
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(get("/health/other").status()).isEqualTo(404);
    assertThat(get("/elsewhere").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("a preflight is answered before any door: authentication comes later")
  void answers_preflights() throws IOException {
    house.relay = Optional.of(request -> request.response().setStatusCode(401).end());
    house.cors.set(new Cors(Set.of("https://app.test")));
    house.open();
    var answer = preflight("https://app.test");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.field("access-control-allow-origin")).isEqualTo("https://app.test");
    assertThat(answer.field("access-control-allow-headers")).isEqualTo("authorization, x-mine");
    assertThat(answer.field("access-control-allow-methods")).contains("PATCH");
    assertThat(preflight("https://evil.test").status()).isEqualTo(401);
    assertThat(preflight("null").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("the rules are those of the settings in force")
  void follows_a_reload_of_the_origins() throws IOException {
    house.relay = Optional.of(request -> request.response().end("x"));
    house.open();
    var asked = "GET / HTTP/1.1\r\nhost: x\r\norigin: https://app.test\r\n\r\n";
    assertThat(ask(asked).field("access-control-allow-origin")).isEmpty();
    house.cors.set(new Cors(Set.of("*")));
    assertThat(ask(asked).field("access-control-allow-origin")).isEqualTo("https://app.test");
    assertThat(ask(asked).field("vary")).isEqualTo("origin");
    house.cors.set(new Cors(Set.of()));
    assertThat(ask(asked).field("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://app.test | https://evil.test | 403",
        "https://app.test | null | 403",
        "https://app.test | https://x.evil.test | 403",
        "https://app.test | https://app.test | 200",
        "https://app.test | https://x | 200",
        "https://app.test | '' | 200",
        "* | https://evil.test | 200",
        "'' | https://evil.test | 200"
      })
  @DisplayName("S16 a page of a foreign origin opens no WebSocket; browsers ask no permission")
  void origins_of_websockets(String allowed, String origin, int status) throws IOException {
    house.relay = Optional.of(request -> request.response().end("x"));
    house.cors.set(new Cors(allowed.isEmpty() ? Set.of() : Set.of(allowed)));
    house.open();
    var field = origin.isEmpty() ? "" : "origin: " + origin + "\r\n";
    assertThat(
            ask("GET /v1/realtime HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\n"
                    + "connection: Upgrade\r\n"
                    + field
                    + "\r\n")
                .status())
        .isEqualTo(status);
    assertThat(ask("GET /v1/models HTTP/1.1\r\nhost: x\r\n" + field + "\r\n").status())
        .as("without the upgrade it is the browser that keeps the answer back")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("S18 over HTTP/2 a refused upload is told to stop, and the connection lives")
  void stops_a_refused_upload_over_http2() throws Exception {
    house.relay =
        Optional.of(request ->
            request
                .response()
                .setStatusCode(request.method().equals(HttpMethod.POST) ? 401 : 200)
                .end("answer"));
    house.http2InTheClear = true;
    house.open();
    var client = house.vertx.createHttpClient(http2());
    var upload = House.join(client.request(options(HttpMethod.POST)));
    var stopped = new CompletableFuture<Throwable>();
    upload.exceptionHandler(stopped::complete);
    upload.setChunked(true).write(Buffer.buffer(new byte[1000]));
    var answer =
        House.join(
            upload
                .response()
                .compose(
                    response -> response.body().map(body -> response.statusCode() + " " + body)));
    assertThat(answer).isEqualTo("401 answer");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).hasMessageContaining("reset");

    var next = House.join(client.request(options(HttpMethod.GET)));
    assertThat(next.connection()).isSameAs(upload.connection());
    assertThat(House.join(next.send()).statusCode()).isEqualTo(200);
    House.join(client.close());
  }

  @Test
  @DisplayName("P4 over HTTP/2 more than a hundred fields: 431")
  void counts_the_fields_of_http2() {
    house.relay = Optional.of(request -> request.response().end());
    house.http2InTheClear = true;
    house.open();
    var client = house.vertx.createHttpClient(http2());
    var request = House.join(client.request(options(HttpMethod.GET)));
    for (var i = 0; i < 110; i++) {
      request.headers().add("x-field", "a" + i);
    }
    assertThat(House.join(request.send()).statusCode()).isEqualTo(431);
    House.join(client.close());
  }

  @Test
  @DisplayName("F42 answers leave in the order of the requests, whichever is ready first")
  void keeps_the_order() throws Exception {
    var first = new CompletableFuture<Runnable>();
    house.relay =
        Optional.of(request -> {
          if ("/1".equals(request.path())) {
            first.complete(House.onItsLoop(() -> request.response().end("one")));
          } else {
            request.response().end("two");
          }
        });
    house.open();
    try (var line = house.line()) {
      line.say("GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n");
      first.get(30, TimeUnit.SECONDS).run();
      assertThat(line.hear().text()).isEqualTo("one");
      assertThat(line.hear().text()).isEqualTo("two");
    }
  }

  @Test
  @DisplayName(
      "F74 whatever a door throws, the client hears 500 with an id, and the connection ends")
  void answers_when_a_door_breaks() throws Exception {
    house.relay =
        Optional.of(_ -> {
          throw new StackOverflowError("of a test");
        });
    house.open();
    try (var line = house.line()) {
      var answer = line.say("GET /x HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).containsPattern("tells more of [0-9a-f]{16}");
      assertThat(line.rest()).isEmpty();
    }
  }

  private RequestOptions options(HttpMethod method) {
    return new RequestOptions()
        .setMethod(method)
        .setHost("127.0.0.1")
        .setPort(house.port())
        .setURI("/x");
  }

  private static HttpClientOptions http2() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false);
  }

  private Message preflight(String origin) throws IOException {
    return ask(
        "OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: x\r\norigin: "
            + origin
            + "\r\naccess-control-request-method: POST\r\n"
            + "access-control-request-headers: authorization, x-mine\r\n\r\n");
  }

  private Message get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
  }

  private Message ask(String request) throws IOException {
    try (var line = house.line()) {
      return line.say(request).hear();
    }
  }
}
