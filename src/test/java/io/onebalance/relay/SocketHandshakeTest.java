package io.onebalance.relay;

import static io.onebalance.relay.SocketRig.A;
import static io.onebalance.relay.SocketRig.B;
import static io.onebalance.relay.SocketRig.LIVE;
import static io.onebalance.relay.SocketRig.REALTIME;
import static io.onebalance.relay.SocketRig.TOKEN;
import static io.onebalance.relay.SocketRig.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Handshake;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Pem;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Handshakes of WebSockets: the choice of the key, refusals, credentials, and the ways to a
/// provider.
class SocketHandshakeTest {
  private final SocketRig sockets = new SocketRig();

  @AfterEach
  void close() {
    sockets.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 503})
  @DisplayName("F36 refused: the next key is asked until one is accepted")
  void fails_over_until_the_101(int status) throws Exception {
    var code = status == 401 ? "invalid_api_key" : "rate_limit_exceeded";
    var refusal = refusing(status, "{\"error\":{\"code\":\"" + code + "\"}}");
    sockets.openai(refusal, sockets::echo).rig.keys("openai", B);
    assertThat(sockets.open().say("hello").hears()).isEqualTo("hello");
    assertThat(sockets.upstream().met()).isEqualTo(2);
    assertThat(sockets.rig.counts("openai").blocked()).isEqualTo(status == 401 ? 1 : 0);
  }

  @Test
  @DisplayName("F36 silent at the handshake: the next key, within the attempt's time")
  void fails_over_from_silence() throws Exception {
    sockets.openai(Line::untilClosed, sockets::echo).rig.keys("openai", B);
    sockets.rig.patience = Patiences.attempt(sockets.rig.patience, Duration.ofMillis(300));
    assertThat(sockets.open().say("hello").hears()).isEqualTo("hello");
  }

  @Test
  @DisplayName("F36 a refusal that no other key would mend passes with its status")
  void the_status_is_passed() throws Exception {
    sockets.openai(refusing(400, "{\"error\":{\"message\":\"no\"}}")).rig.keys("openai", B);
    try (var line = sockets.shake()) {
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("\"no\"");
    }
    assertThat(sockets.upstream().met()).isEqualTo(1);
  }

  @Test
  @DisplayName("F18 a 101 that does not accept the key that was sent is a failure")
  void a_wrong_accept_is_refused() throws Exception {
    sockets.openai(line -> {
      line.head();
      line.say(
          "HTTP/1.1 101 Go\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
              + "sec-websocket-accept: x\r\n\r\n");
      line.untilClosed();
    });
    try (var line = sockets.shake()) {
      assertThat(line.hear().status()).isEqualTo(502);
    }
  }

  @Test
  @DisplayName(
      "S12, P20 keys in subprotocols and queries are taken out, and one offered is answered")
  void credentials_are_taken_out() throws Exception {
    sockets.openai(line -> {
      sockets.accept(line, "sec-websocket-protocol: realtime\r\n");
      line.untilClosed();
    });
    var offered =
        "sec-websocket-protocol: realtime, openai-insecure-api-key."
            + Rig.AUTH
            + ", openai-beta.realtime-v1";
    try (var line = sockets.shakeAt(REALTIME + "&api_key=" + Rig.AUTH, offered)) {
      var head = line.head();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.field("sec-websocket-protocol")).isEqualTo("realtime");
      assertThat(head.field("sec-websocket-accept"))
          .isEqualTo(Handshake.accept("AAAAAAAAAAAAAAAAAAAAAA=="));
      assertThat(head.field("x-ratelimit-limit-requests")).isEmpty();
      assertThat(head.everything()).doesNotContain(Rig.AUTH).doesNotContain(A + "\"");
    }
    var asked = sockets.asked.get();
    assertThat(asked.field("sec-websocket-protocol"))
        .isEqualTo("realtime, openai-beta.realtime-v1");
    assertThat(asked.everything()).doesNotContain(Rig.AUTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token, ", "xi-api-key.", "fal-api-key.", "openai-insecure-api-key."})
  @DisplayName("S12 a browser's ways to show a key open the door and go no further")
  void a_browsers_keys(String way) throws Exception {
    sockets.openai(sockets::echo);
    try (var line = sockets.shakeAt(REALTIME, "sec-websocket-protocol: " + way + Rig.AUTH)) {
      var head = line.head();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.field("sec-websocket-protocol"))
          .isEqualTo(way.startsWith("token") ? "token" : "");
    }
    assertThat(sockets.asked.get().field("sec-websocket-protocol")).isEmpty();
  }

  @Test
  void a_wrong_gateway_key_or_model_is_refused_before_the_upgrade() throws IOException {
    sockets.openai(sockets::echo);
    try (var line = sockets.shakeAt(REALTIME, "authorization: Bearer wrong")) {
      assertThat(line.hear().status()).isEqualTo(401);
    }
    var restricted = "authorization: Bearer " + Rig.LIMITED_AUTH;
    try (var line = sockets.shakeAt("/api/openai/v1/realtime?model=gpt-5", restricted)) {
      assertThat(line.hear().status()).isEqualTo(403);
    }
    assertThat(sockets.upstream().met()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/gemini-2.0-flash-live", "models/other"})
  void a_restricted_callers_first_message_is_looked_at(String model) throws Exception {
    sockets.rig.keys("google-ai-studio", A);
    sockets.rig.limitedTo = "google-ai-studio,gemini-2.0-flash-live";
    sockets.rig.at("google-ai-studio", sockets.serve(new BareServer(sockets::echo)).url());
    var setup = "{\"setup\":{\"model\":\"" + model + "\"}}";
    var talk = sockets.open(LIVE, Rig.LIMITED_AUTH);
    talk.say(setup.substring(0, 10), false).say(setup.substring(10));
    if (model.endsWith("other")) {
      assertThat(talk.ends()).isEqualTo("1008 This gateway key may not use other.");
    } else {
      assertThat(talk.hears()).isEqualTo(setup.substring(0, 10));
    }
    assertThat(sockets.asked.get().field("x-goog-api-key")).isEqualTo(A);
  }

  @Test
  @DisplayName("S16 a browser's origin ends here: a provider must not take us for a page")
  void the_origin_ends_here() throws IOException {
    sockets.openai(sockets::echo);
    try (var line = sockets.shake("origin: https://app.test")) {
      assertThat(line.head().status()).isEqualTo(101);
    }
    assertThat(sockets.asked.get().field("origin")).isEmpty();
  }

  @Test
  @DisplayName("S19 a provider's socket over TLS, by HTTP/1.1; an untrusted one is not spoken to")
  void over_tls(@TempDir Path folder) throws Exception {
    var pem = Pem.in(folder);
    var secure = BareServer.overTls(pem.serving(), "http/1.1", sockets::echo);
    sockets.rig.keys("openai", A);
    sockets.rig.at("openai", "https://localhost:" + sockets.serve(secure).port() + "/v1");
    sockets.rig.trust =
        Optional.of(new PemTrustOptions().addCertPath(pem.certificate().toString()));
    var talk = sockets.open().say("hello");
    assertThat(talk.hears()).isEqualTo("hello");
    assertThat(talk.leave(1000, "bye").ends()).isEqualTo("1000 bye");
    assertThat(sockets.asked.get().field("authorization")).isEqualTo("Bearer " + A);
  }

  @Test
  @DisplayName("S19 a key never goes to a socket whose certificate is not trusted")
  void over_tls_untrusted(@TempDir Path folder) throws Exception {
    var secure = BareServer.overTls(Pem.in(folder).serving(), "http/1.1", sockets::echo);
    sockets.rig.keys("openai", A);
    sockets.rig.at("openai", "https://localhost:" + sockets.serve(secure).port() + "/v1");
    try (var line = sockets.shake()) {
      assertThat(line.hear().status()).isEqualTo(502);
    }
    assertThat(sockets.asked.get()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, /api/openai/v1/realtime?model=m, /openai?model=m, authorization",
    "google-ai-studio, /api/gemini/ws/google.ai.generativelanguage.v1beta."
        + "GenerativeService.BidiGenerateContent?a=b, /google?a=b&api_key=KEY, ''",
    "elevenlabs, /api/elevenlabs/v1/convai/conversation?agent_id=x, /elevenlabs?agent_id=x,"
        + " xi-api-key",
    "deepgram, /api/deepgram/v1/listen?model=nova-3, /deepgram?model=nova-3, authorization"
  })
  @DisplayName("through a Cloudflare gateway a socket stands where its pages say, with our token")
  void through_a_gateway(String provider, String path, String target, String field)
      throws Exception {
    sockets.gateway(provider, List.of(A), sockets::echo);
    var talk = sockets.open(path, Rig.AUTH).say("hello");
    assertThat(talk.hears()).isEqualTo("hello");
    var asked = sockets.asked.get();
    assertThat(asked.target()).isEqualTo("/v1/acct/gw" + target.replace("KEY", A));
    assertThat(asked.field("cf-aig-authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(asked.everything()).doesNotContain(Rig.AUTH);
    if (!field.isEmpty()) {
      assertThat(asked.field(field)).endsWith(A);
    }
  }

  @Test
  @DisplayName("D6 a gateway that refuses our token is blamed on no key")
  void a_gateways_own_refusal() throws Exception {
    var body = "{\"name\":\"AiGatewayError\",\"internalCode\":2009,\"message\":\"Unauthorized\"}";
    sockets.gateway("openai", List.of(A, B), refusing(401, body));
    try (var line = sockets.shake()) {
      assertThat(line.hear().status()).isEqualTo(502);
    }
    assertThat(sockets.upstream().met()).isEqualTo(1);
    assertThat(sockets.rig.counts("openai").active()).isEqualTo(2);
  }
}
