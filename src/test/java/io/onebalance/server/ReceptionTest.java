package io.onebalance.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Header;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How a visit comes to a desk, and its reply back.
class ReceptionTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  @DisplayName("a visit has method, path, query, fields and body as the client wrote them")
  void brings_a_visit() throws IOException {
    open(visit ->
        House.text(
            String.join(
                "|",
                visit.method(),
                visit.path(),
                visit.query(),
                text(visit.headers().first("X-Mine")),
                text(visit.headers().first("host")),
                new String(visit.body(), UTF_8),
                visit.peer(),
                Boolean.toString(visit.secure()))));
    try (var line = house.line()) {
      line.say(
          "PUT /a%2Fb?q=%20&r HTTP/1.1\r\nhost: Me.test:8080\r\nx-mine: 1\r\n"
              + "content-length: 4\r\n\r\nbody");
      assertThat(line.hear().text())
          .isEqualTo("PUT|/a%2Fb|q=%20&r|1|Me.test:8080|body|127.0.0.1|false");
    }
  }

  @Test
  @DisplayName("over HTTP/2 the host comes from :authority, and split cookies are joined")
  void reads_host_and_cookies_of_http2() {
    open(visit ->
        House.text(
            text(visit.headers().first("host")) + "|" + text(visit.headers().first("cookie"))));
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(house.port())
            .setURI("/login");
    var client = http2();
    var answer =
        House.join(
            client
                .request(options)
                .compose(request -> {
                  request.headers().add("cookie", "a=1").add("cookie", "session=2");
                  return request.send(Buffer.buffer("x"));
                })
                .compose(response -> response.body()));
    assertThat(answer.toString()).isEqualTo("127.0.0.1:" + house.port() + "|a=1; session=2");
    House.join(client.close());
  }

  @Test
  @DisplayName("S17 X-Forwarded-* is nothing from a stranger")
  void does_not_believe_strangers() throws IOException {
    assertThat(arrival("x-forwarded-for: 9.9.9.9\r\nx-forwarded-proto: https\r\n"))
        .isEqualTo("127.0.0.1|false");
  }

  @Test
  @DisplayName("S17 a trusted proxy says who came and how; the nearest stranger counts")
  void believes_trusted_proxies() throws IOException {
    house.proxies.set(Set.of("127.0.0.1", "10.0.0.2"));
    assertThat(arrival("x-forwarded-for: 9.9.9.9\r\nx-forwarded-proto: https\r\n"))
        .isEqualTo("9.9.9.9|true");
  }

  @Test
  @DisplayName("S17 what stands before the nearest stranger is only his claim")
  void believes_no_claims() throws IOException {
    house.proxies.set(Set.of("127.0.0.1", "10.0.0.2"));
    assertThat(
            arrival(
                "x-forwarded-for: 1.1.1.1, 9.9.9.9\r\nx-forwarded-for: 10.0.0.2\r\n"
                    + "x-forwarded-proto: https, http\r\n"))
        .isEqualTo("9.9.9.9|false");
  }

  @Test
  @DisplayName("a trusted proxy that says nothing counts itself")
  void counts_a_silent_proxy_itself() throws IOException {
    house.proxies.set(Set.of("127.0.0.1"));
    assertThat(arrival("x-forwarded-for: \r\n")).isEqualTo("127.0.0.1|false");
  }

  @Test
  @DisplayName("S18 whoever the desk turns away uploads nothing")
  void refuses_before_the_body() throws IOException {
    house.desk =
        Optional.of(
            new Desk() {
              @Override
              public boolean owns(String path) {
                return true;
              }

              @Override
              public Optional<Reply> refusal(Visit head) {
                return Optional.of(new Reply.Whole(403, List.of(), "no".getBytes(UTF_8)));
              }

              @Override
              public int mostBytes(Visit head) {
                return 1 << 20;
              }

              @Override
              public Reply answer(Visit visit) {
                throw new IllegalStateException("nobody comes in");
              }
            });
    house.open();
    try (var line = house.line()) {
      line.say("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000000\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(403);
      assertThat(canStillSend(line, 32 << 20)).isFalse();
    }
  }

  @Test
  @DisplayName("F74 a desk that breaks: 500 with an id, without a word of why")
  void a_broken_desk() throws IOException {
    open(_ -> {
      throw new IllegalStateException("secret detail");
    });
    try (var line = house.line()) {
      var answer = line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text())
          .containsPattern("under [0-9a-f]{16}\\.")
          .doesNotContain("secret detail");
    }
  }

  @Test
  @DisplayName("a streamed reply comes piece by piece")
  void streams() throws Exception {
    var go = new CompletableFuture<Void>();
    open(_ ->
        new Reply.Streamed(
            200,
            List.of(new Header("content-type", "text/plain")),
            sink -> {
              sink.accept("one ".getBytes(UTF_8));
              go.join();
              sink.accept("two".getBytes(UTF_8));
            }));
    try (var line = house.line()) {
      line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
      assertThat(line.head().status()).isEqualTo(200);
      assertThat(new String(line.read(9), UTF_8)).isEqualTo("4\r\none \r\n");
      go.complete(null);
      assertThat(new String(line.read(13), UTF_8)).isEqualTo("3\r\ntwo\r\n0\r\n\r\n");
    }
  }

  @Test
  @DisplayName("a streamed reply stops when the client leaves")
  void stops_when_the_client_leaves() throws Exception {
    var stopped = new CompletableFuture<Throwable>();
    open(_ ->
        new Reply.Streamed(
            200,
            List.of(),
            sink -> {
              try {
                while (true) {
                  sink.accept(new byte[1024]);
                }
              } catch (RuntimeException left) {
                stopped.complete(left);
                throw left;
              }
            }));
    try (var line = house.line()) {
      line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
      line.head();
      line.reset();
    }
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isInstanceOf(java.io.UncheckedIOException.class);
  }

  private String arrival(String fields) throws IOException {
    open(visit -> House.text(visit.peer() + "|" + visit.secure()));
    try (var line = house.line()) {
      return line.say("GET / HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n").hear().text();
    }
  }

  private io.vertx.core.http.HttpClient http2() {
    return house.vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  static boolean canStillSend(io.onebalance.wire.Line line, int count) {
    var piece = new byte[64 << 10];
    try {
      for (var sent = 0; sent < count; sent += piece.length) {
        line.say(piece);
      }
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private void open(java.util.function.Function<Visit, Reply> answer) {
    house.desk = Optional.of(House.desk(answer));
    house.http2InTheClear = true;
    house.open();
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
