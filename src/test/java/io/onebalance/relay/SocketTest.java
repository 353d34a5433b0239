package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Handshake;
import io.onebalance.key.State;
import io.onebalance.relay.exchange.SocketLimits;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets to a provider on a bare socket: the handshake, frames both ways, and every end.
class SocketTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final String REALTIME = "/api/openai/v1/realtime?model=gpt-4o-mini";

  private final Rig rig = new Rig();
  private final AtomicReference<Message> asked = new AtomicReference<>();

  @AfterEach
  void close() {
    rig.close();
  }

  /// Accepts a WebSocket, and chooses no subprotocol.
  private void accept(Line line) throws IOException {
    accept(line, "");
  }

  private void accept(Line line, String more) throws IOException {
    var head = line.head();
    asked.set(head);
    line.say(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "x-ratelimit-limit-requests: 5\r\nsec-websocket-accept: "
            + Handshake.accept(head.field("sec-websocket-key"))
            + "\r\n"
            + more
            + "\r\n");
  }

  private static void refuse(Line line, int status, String body) throws IOException {
    line.head();
    line.say(
        "HTTP/1.1 "
            + status
            + " No\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private WebSocket open(String path, Talk talk) throws Exception {
    return rig.http
        .newWebSocketBuilder()
        .header("authorization", "Bearer " + Rig.AUTH)
        .buildAsync(URI.create("ws://127.0.0.1:" + rig.port() + path), talk)
        .get(30, TimeUnit.SECONDS);
  }

  /// A handshake on a bare socket.
  private Line shake(String path, String more) throws IOException {
    return rig.line()
        .say(
            "GET "
                + path
                + " HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\n"
                + "connection: Upgrade\r\nsec-websocket-version: 13\r\n"
                + "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + more
                + "\r\n");
  }

  private static String bearer() {
    return "authorization: Bearer " + Rig.AUTH + "\r\n";
  }

  /// What a client hears.
  private static final class Talk implements WebSocket.Listener {
    final CompletableFuture<String> text = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.completeExceptionally(error);
    }
  }

  /// Sends every frame of a client's back, unmasked, until it closes.
  private void echo(Line line) throws IOException {
    accept(line);
    while (true) {
      var head = line.read(2);
      if (head.length < 2) {
        return;
      }
      var length = head[1] & 0x7f;
      var mask = line.read(4);
      var payload = line.read(length);
      for (var i = 0; i < length; i++) {
        payload[i] ^= mask[i % 4];
      }
      line.say(new byte[] {head[0], (byte) length}).say(payload);
      if ((head[0] & 0x0f) == 8) {
        return;
      }
    }
  }

  @Test
  @DisplayName("S12, P20 the provider gets its own key, the client its messages back")
  void frames_go_both_ways() throws Exception {
    rig.keys("openai", A);
    try (var upstream = new BareServer(this::echo)) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      var socket = open(REALTIME, talk);
      socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
      assertThat(talk.text.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
      socket.sendClose(4321, "enough").get(30, TimeUnit.SECONDS);
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).isEqualTo("4321 enough");
      assertThat(asked.get().field("authorization")).isEqualTo("Bearer " + A);
      assertThat(asked.get().target()).isEqualTo("/v1/realtime?model=gpt-4o-mini");
      assertThat(asked.get().everything()).doesNotContain(Rig.AUTH);
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", A).health().consecutiveFailures()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 503})
  @DisplayName("F36 refused: the next key is asked until one is accepted")
  void fails_over_until_the_101(int status) throws Exception {
    rig.keys("openai", A, B);
    var code = status == 401 ? "invalid_api_key" : "rate_limit_exceeded";
    try (var upstream =
        new BareServer(
            line -> refuse(line, status, "{\"error\":{\"code\":\"" + code + "\"}}"), this::echo)) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk).sendText("hello", true).get(30, TimeUnit.SECONDS);
      assertThat(talk.text.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
      assertThat(upstream.met()).isEqualTo(2);
      assertThat(rig.counts("openai").blocked()).isEqualTo(status == 401 ? 1 : 0);
    }
  }

  @Test
  @DisplayName("F36 silent at the handshake: the next key, within the attempt's time")
  void fails_over_from_silence() throws Exception {
    rig.keys("openai", A, B);
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(300));
    try (var upstream = new BareServer(Line::untilClosed, this::echo)) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk).sendText("hello", true).get(30, TimeUnit.SECONDS);
      assertThat(talk.text.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("F36 a refusal that no other key would mend passes with its status")
  void the_status_is_passed() throws Exception {
    rig.keys("openai", A, B);
    try (var upstream =
        new BareServer(line -> refuse(line, 400, "{\"error\":{\"message\":\"no\"}}"))) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = shake(REALTIME, bearer())) {
        var answer = line.hear();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"no\"");
      }
      assertThat(upstream.met()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("F18 a 101 that does not accept the key that was sent is a failure")
  void a_wrong_accept_is_refused() throws Exception {
    rig.keys("openai", A);
    try (var upstream =
        new BareServer(line -> {
          line.head();
          line.say(
              "HTTP/1.1 101 Go\r\n"
                  + "upgrade: websocket\r\n"
                  + "connection: Upgrade\r\n"
                  + "sec-websocket-accept: x\r\n\r\n");
          line.untilClosed();
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = shake(REALTIME, bearer())) {
        assertThat(line.hear().status()).isEqualTo(502);
      }
    }
  }

  @Test
  @DisplayName(
      "S12, P20 keys in subprotocols and queries are taken out, and one offered is answered")
  void credentials_are_taken_out() throws Exception {
    rig.keys("openai", A);
    try (var upstream =
        new BareServer(line -> {
          accept(line, "sec-websocket-protocol: realtime\r\n");
          line.untilClosed();
        })) {
      rig.at("openai", upstream.url() + "/v1");
      var offered =
          "sec-websocket-protocol: realtime, openai-insecure-api-key."
              + Rig.AUTH
              + ", openai-beta.realtime-v1\r\n";
      try (var line = shake(REALTIME + "&api_key=" + Rig.AUTH, offered)) {
        var head = line.head();
        assertThat(head.status()).isEqualTo(101);
        assertThat(head.field("sec-websocket-protocol")).isEqualTo("realtime");
        assertThat(head.field("sec-websocket-accept"))
            .isEqualTo(Handshake.accept("AAAAAAAAAAAAAAAAAAAAAA=="));
        assertThat(head.field("x-ratelimit-limit-requests")).isEmpty();
        assertThat(head.everything()).doesNotContain(Rig.AUTH).doesNotContain(A + "\"");
      }
      assertThat(asked.get().field("sec-websocket-protocol"))
          .isEqualTo("realtime, openai-beta.realtime-v1");
      assertThat(asked.get().everything()).doesNotContain(Rig.AUTH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token, ", "xi-api-key.", "fal-api-key.", "openai-insecure-api-key."})
  @DisplayName("S12 a browser's ways to show a key open the door and go no further")
  void a_browsers_keys(String way) throws Exception {
    rig.keys("openai", A);
    try (var upstream = new BareServer(this::echo)) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = shake(REALTIME, "sec-websocket-protocol: " + way + Rig.AUTH + "\r\n")) {
        var head = line.head();
        assertThat(head.status()).isEqualTo(101);
        assertThat(head.field("sec-websocket-protocol"))
            .isEqualTo(way.startsWith("token") ? "token" : "");
      }
      assertThat(asked.get().field("sec-websocket-protocol")).isEmpty();
    }
  }

  @Test
  void a_wrong_gateway_key_or_model_is_refused_before_the_upgrade() throws Exception {
    rig.keys("openai", A);
    try (var line = shake(REALTIME, "authorization: Bearer wrong\r\n")) {
      assertThat(line.hear().status()).isEqualTo(401);
    }
    try (var line =
        shake(
            "/api/openai/v1/realtime?model=gpt-5",
            "authorization: Bearer " + Rig.LIMITED_AUTH + "\r\n")) {
      assertThat(line.hear().status()).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("F36 dropped: the client is told 1011, the key has failed once")
  void a_provider_that_vanishes() throws Exception {
    rig.keys("openai", A);
    try (var upstream = new BareServer(this::accept)) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk);
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).isEqualTo("1011 the provider broke off");
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", A).state()).isEqualTo(State.ACTIVE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("P14, F36 a client that vanishes takes the provider's socket with it")
  void a_client_that_vanishes(boolean reset) throws Exception {
    rig.keys("openai", A);
    var end = new CompletableFuture<byte[]>();
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          end.complete(line.rest());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = shake(REALTIME, bearer())) {
        assertThat(line.head().status()).isEqualTo(101);
        if (reset) {
          line.reset();
        } else {
          line.end();
        }
        var farewell = end.get(30, TimeUnit.SECONDS);
        assertThat(farewell[0]).isEqualTo((byte) 0x88);
        assertThat(farewell[1] & 0x80).isNotZero();
      }
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", A).health().consecutiveFailures()).isZero();
    }
  }

  @Test
  @DisplayName("F36 huge frame of the provider: 1009, before a byte of it")
  void a_huge_frame() throws Exception {
    rig.keys("openai", A);
    var end = new CompletableFuture<byte[]>();
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          line.say(new byte[] {(byte) 0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3});
          end.complete(line.rest());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk);
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).startsWith("1009 ");
      assertThat(end.get(30, TimeUnit.SECONDS)[0]).isEqualTo((byte) 0x88);
    }
  }

  @Test
  @DisplayName("F36 huge message of the client, in fragments: 1009")
  void a_huge_message_in_fragments() throws Exception {
    rig.keys("openai", A);
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          line.untilClosed();
        })) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      var socket = open(REALTIME, talk);
      socket.sendBinary(ByteBuffer.allocate(600_000), false).get(30, TimeUnit.SECONDS);
      socket.sendBinary(ByteBuffer.allocate(600_000), true);
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).startsWith("1009 ");
    }
  }

  @Test
  @DisplayName("F36 silent: after the idle time both are told 1001")
  void silence() throws Exception {
    rig.keys("openai", A);
    rig.sockets = new SocketLimits(Duration.ofMillis(200), 1 << 20);
    var end = new CompletableFuture<byte[]>();
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          end.complete(line.rest());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk);
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).startsWith("1001 ");
      assertThat(end.get(30, TimeUnit.SECONDS)[0]).isEqualTo((byte) 0x88);
    }
  }

  @Test
  @DisplayName("F69 sockets are told 1001 at the drain limit")
  void drain() throws Exception {
    rig.keys("openai", A);
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          line.untilClosed();
        })) {
      rig.at("openai", upstream.url() + "/v1");
      var talk = new Talk();
      open(REALTIME, talk);
      rig.drain(Duration.ofMillis(100));
      assertThat(talk.end.get(30, TimeUnit.SECONDS)).isEqualTo("1001 the gateway is going away");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/gemini-2.0-flash-live", "models/other"})
  void a_restricted_callers_first_message_is_looked_at(String model) throws Exception {
    rig.keys("google-ai-studio", A);
    rig.limitedTo = "google-ai-studio,gemini-2.0-flash-live";
    try (var upstream = new BareServer(this::echo)) {
      rig.at("google-ai-studio", upstream.url());
      var talk = new Talk();
      var socket =
          rig.http
              .newWebSocketBuilder()
              .header("x-goog-api-key", Rig.LIMITED_AUTH)
              .buildAsync(
                  URI.create(
                      "ws://127.0.0.1:"
                          + rig.port()
                          + "/api/google-ai-studio/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"),
                  talk)
              .get(30, TimeUnit.SECONDS);
      var setup = "{\"setup\":{\"model\":\"" + model + "\"}}";
      socket.sendText(setup.substring(0, 10), false).get(30, TimeUnit.SECONDS);
      socket.sendText(setup.substring(10), true).get(30, TimeUnit.SECONDS);
      if (model.endsWith("other")) {
        assertThat(talk.end.get(30, TimeUnit.SECONDS))
            .isEqualTo("1008 This gateway key may not use other.");
      } else {
        assertThat(talk.text.get(30, TimeUnit.SECONDS)).isEqualTo(setup.substring(0, 10));
      }
      assertThat(asked.get().field("x-goog-api-key")).isEqualTo(A);
    }
  }
}
