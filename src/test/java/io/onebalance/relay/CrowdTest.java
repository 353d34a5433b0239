package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Handshake;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Frames;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// One client that floods: its gateway key has so many requests under way and no more, and each is
/// counted until it is over, in whatever way it ends.
class CrowdTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String REALTIME = "/api/openai/v1/realtime?model=gpt-4o-mini";
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int CANCEL = 8;

  private final Rig rig = Rig.withHttp2();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/openai/v1/chat/completions, '\"code\":\"too_many_requests\"'",
    "/api/anthropic/v1/messages, '\"type\":\"rate_limit_error\"'",
    "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent, RESOURCE_EXHAUSTED"
  })
  @DisplayName("F53 a gateway key with its fill of requests is told 429; others are served")
  void one_too_many(String path, String inItsDialect) throws Exception {
    rig.concurrent = 2;
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.hangs(), Fault.well());
    try (var one = asking();
        var other = asking()) {
      rig.sandbox.seen().nth(2).join();
      var refused = rig.post(path, Calls.HELLO);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
      assertThat(refused.body()).contains(inItsDialect, "too_many_requests");
      assertThat(postAs(Rig.LIMITED_AUTH).statusCode()).isEqualTo(200);
      assertThat(rig.sandbox.seen().count()).isEqualTo(3);
      one.end();
      Rig.until(() -> rig.underWay.all() == 1);
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
      other.end();
    }
    Rig.until(() -> rig.underWay.all() == 0);
  }

  @Test
  @DisplayName("F53, P9 a client that is refused keeps its connection and is served on it later")
  void refused_and_served_on_one_connection() throws Exception {
    rig.concurrent = 1;
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    try (var one = asking();
        var refused = rig.line()) {
      rig.sandbox.seen().nth(1).join();
      for (var i = 0; i < 3; i++) {
        refused.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        assertThat(refused.hear().status()).isEqualTo(429);
      }
      one.end();
      Rig.until(() -> rig.underWay.all() == 0);
      refused.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      assertThat(refused.hear().status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("F53 without a limit any number of requests may run")
  void no_limit() throws Exception {
    rig.concurrent = 0;
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.hangs(), Fault.well());
    try (var one = asking();
        var other = asking()) {
      rig.sandbox.seen().nth(2).join();
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
      one.end();
      other.reset();
    }
    Rig.until(() -> rig.underWay.all() == 0);
  }

  @Test
  @DisplayName("F53 a WebSocket counts for as long as it is open")
  void a_socket_counts() throws Exception {
    rig.concurrent = 1;
    rig.keys("openai", KEY);
    try (var upstream = new BareServer(CrowdTest::accept)) {
      rig.at("openai", upstream.url() + "/v1");
      try (var socket = socket()) {
        assertThat(socket.head().status()).isEqualTo(101);
        assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
        assertThat(rig.underWay.all()).isEqualTo(1);
      }
      Rig.until(() -> rig.underWay.all() == 0);
    }
  }

  /// What a client may do, or meet.
  private interface Conduct {
    void of(CrowdTest test) throws Exception;
  }

  /// A way for a request to end.
  record Way(String name, Conduct conduct) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way("answered", test -> test.posted(200)),
        new Way(
            "answered with a stream",
            test ->
                assertThat(test.rig.post(Calls.CHAT, Calls.STREAM).statusCode()).isEqualTo(200)),
        new Way("all keys dead", CrowdTest::withDeadKeys),
        new Way("a failing provider", test -> test.met(Fault.broken(), 500)),
        new Way("no keys", CrowdTest::withoutKeys),
        new Way("no model", CrowdTest::withoutModel),
        new Way("too large, as announced", test -> test.large("content-length: 99999999", "")),
        new Way(
            "too large, in chunks",
            test ->
                test.large(
                    "transfer-encoding: chunked", "20000\r\n" + "x".repeat(0x20000) + "\r\n")),
        new Way("too slow a body", CrowdTest::slowBody),
        new Way("left within the body", test -> test.left(Calls.HELLO.length() - 5)),
        new Way("left before the answer", test -> test.left(Calls.HELLO.length())),
        new Way("reset before the answer", CrowdTest::reset),
        new Way("left within the answer", CrowdTest::leftWithin),
        new Way("a stream of HTTP/2 that is reset", CrowdTest::resetStream),
        new Way("a handshake that is none", CrowdTest::noHandshake),
        new Way("a socket that is refused", CrowdTest::refusedSocket));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @DisplayName("F53 however a request ends, it is counted down once")
  void counted_once(Way way) throws Exception {
    rig.keys("openai", KEY);
    rig.limits = new BodyLimits(1 << 16, 1 << 16);
    for (var i = 0; i < 3; i++) {
      way.conduct.of(this);
      Rig.until(() -> rig.underWay.all() == 0);
    }
    rig.untilIdle("openai");
    assertThat(rig.underWay.all()).isZero();
    assertThat(rig.room.taken()).isZero();
  }

  private void posted(int status) {
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(status);
  }

  private void met(Fault fault, int status) {
    rig.script.play(Match.ALL, fault);
    posted(status);
  }

  private void withDeadKeys() {
    rig.script.play(Match.ALL, Fault.dead());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isIn(502, 503);
  }

  private void withoutKeys() {
    assertThat(rig.post(Calls.MESSAGES, Calls.HELLO).statusCode()).isEqualTo(503);
  }

  private void withoutModel() {
    assertThat(rig.post("/v1/chat/completions", "{}").statusCode()).isEqualTo(400);
  }

  private void large(String field, String body) throws IOException {
    try (var line = rig.line()) {
      line.say(
          "POST "
              + Calls.CHAT
              + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
              + Rig.AUTH
              + "\r\n"
              + field
              + "\r\n\r\n"
              + body);
      assertThat(line.hear().status()).isEqualTo(413);
    }
  }

  private void slowBody() throws IOException {
    rig.patience = Patiences.client(rig.patience, new ClientLimits(SHORT, LONG));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO).replaceFirst("\\}$", ""));
      assertThat(line.hear().status()).isEqualTo(408);
    }
  }

  private void left(int bytesOfBody) throws IOException {
    rig.script.play(Match.ALL, Fault.hangs());
    var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO);
    try (var line = rig.line()) {
      line.say(whole.substring(0, whole.length() - Calls.HELLO.length() + bytesOfBody));
      Rig.until(() -> rig.underWay.all() == 1);
    }
  }

  private void reset() throws IOException {
    rig.script.play(Match.ALL, Fault.hangs());
    try (var line = asking()) {
      Rig.until(() -> rig.underWay.all() == 1);
      line.reset();
    }
  }

  private void leftWithin() throws IOException {
    rig.script.play(Match.ALL, Fault.stallsAfter(600));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM)).head();
      line.read(100);
      assertThat(rig.underWay.all()).isEqualTo(1);
    }
  }

  private void resetStream() throws IOException {
    rig.script.play(Match.ALL, Fault.hangs());
    try (var line = rig.line()) {
      var frames = Frames.ofClient(line);
      var head = Frames.getting("/api/openai/v1/models", "authorization", "Bearer " + Rig.AUTH);
      frames.say(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, head);
      Rig.until(() -> rig.underWay.all() == 1);
      frames.reset(1, CANCEL);
      Rig.until(() -> rig.underWay.all() == 0);
    }
  }

  private void noHandshake() throws IOException {
    try (var line = rig.line()) {
      line.say(
          "GET "
              + REALTIME
              + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
              + Rig.AUTH
              + "\r\n"
              + "connection: upgrade\r\n"
              + "upgrade: websocket\r\n"
              + "sec-websocket-version: 7\r\n\r\n");
      assertThat(line.hear().status()).isBetween(400, 426);
    }
  }

  private void refusedSocket() throws IOException {
    rig.script.play(Match.ALL, Fault.broken());
    try (var socket = socket()) {
      assertThat(socket.hear().status()).isEqualTo(500);
    }
  }

  private Line asking() throws IOException {
    return rig.line().say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
  }

  private HttpResponse<String> postAs(String key) {
    return rig.send(
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(rig.url(Calls.CHAT)))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Calls.HELLO))
            .build());
  }

  private Line socket() throws IOException {
    return rig.line()
        .say(
            "GET "
                + REALTIME
                + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                + Rig.AUTH
                + "\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
                + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }

  private static void accept(Line line) throws IOException {
    var key = line.head().field("sec-websocket-key");
    line.say(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "sec-websocket-accept: "
            + Handshake.accept(key)
            + "\r\n\r\n");
    line.untilClosed();
  }
}
