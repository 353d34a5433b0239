package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Sessions of the pretended Realtime and Live APIs, through the relay, with Vert.x's client.
class LiveSandboxTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final String REALTIME = "/api/openai/v1/realtime?model=gpt-realtime";
  private static final String LIVE =
      "/api/google-ai-studio/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

  private final Rig rig = new Rig();
  private final WebSocketClient client = rig.vertx.createWebSocketClient();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    rig.close();
  }

  private WebSocket open(String path, String... protocols) {
    var options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(rig.port())
            .setURI(path)
            .setSubProtocols(List.of(protocols));
    var connecting = client.webSocket().textMessageHandler(heard::add).connect(options);
    return Rig.join(connecting);
  }

  private String next() throws InterruptedException {
    return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
  }

  private String until(String word) throws InterruptedException {
    var all = new StringBuilder();
    while (all.indexOf(word) < 0) {
      all.append(next()).append('\n');
    }
    return all.toString();
  }

  @Test
  @DisplayName("F36 a Realtime session after a dead key")
  void a_realtime_session() throws Exception {
    rig.keys("openai", A, B);
    rig.script.key(A, Fault.dead());
    var socket = open(REALTIME, "realtime", "openai-insecure-api-key." + Rig.AUTH);
    assertThat(socket.subProtocol()).isEqualTo("realtime");
    assertThat(next()).contains("session.created", "gpt-realtime");
    socket.writeTextMessage(
        "{\"type\":\"conversation.item.create\",\"item\":{\"content\":[{\"text\":\"a"
            + " lighthouse\"}]}}");
    socket.writeTextMessage("{\"type\":\"response.create\"}");
    assertThat(until("response.done")).contains("a lighthouse");
    Rig.join(socket.close());
    rig.untilIdle("openai");
  }

  @Test
  void a_live_session() throws Exception {
    rig.keys("google-ai-studio", A);
    var socket = open(LIVE + "?key=" + Rig.AUTH);
    socket.writeTextMessage("{\"setup\":{\"model\":\"models/gemini-2.5-flash-live\"}}");
    assertThat(next()).contains("setupComplete");
    socket.writeTextMessage(
        "{\"clientContent\":{\"turns\":[{\"parts\":[{\"text\":\"a"
            + " lighthouse\"}]}],\"turnComplete\":true}}");
    assertThat(until("turnComplete")).contains("a lighthouse");
    Rig.join(socket.close());
    rig.untilIdle("google-ai-studio");
  }

  @Test
  @DisplayName("F36 all keys dead: the handshake is refused, in words, without the upgrade")
  void no_key_is_left() {
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.dead());
    assertThat(refusal()).isEqualTo(502);
    assertThat(refusal()).isEqualTo(503);
  }

  private int refusal() {
    try {
      open(REALTIME, "openai-insecure-api-key." + Rig.AUTH);
      throw new AssertionError("it was accepted");
    } catch (CompletionException refused) {
      return assertThat(refused.getCause())
          .asInstanceOf(InstanceOfAssertFactories.type(UpgradeRejectedException.class))
          .actual()
          .getStatus();
    }
  }
}
