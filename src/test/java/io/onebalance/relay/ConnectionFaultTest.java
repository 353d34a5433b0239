package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that are never made, and those that end before a whole head has come: the endpoint
/// is at fault, never a key.
class ConnectionFaultTest {
  private static final String[] KEYS = {
    "key-a-000000000000000000000", "key-b-000000000000000000000", "key-c-000000000000000000000"
  };
  private static final String IMAGES = "/api/openai/v1/images/generations";
  private static final String IMAGE = "{\"model\":\"gpt-image-1\"}";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

  private final Rig rig = new Rig(Duration.ofMillis(400));
  private final List<BareServer> servers = new ArrayList<>();

  ConnectionFaultTest() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    rig.keys("openai", KEYS);
  }

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  @Test
  @DisplayName("F1 a refused connection: asked again within the limit, then 502; no key to blame")
  void a_refused_connection() {
    rig.at("openai", "http://127.0.0.1:" + Ports.free() + "/v1");

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed", "Connection refused");
    assertThat(attempts(answer)).isEqualTo(3);
    assertNoKeyIsBlamed();
  }

  @Test
  @DisplayName("P1, F2 a black hole fails at the connect timeout, after two attempts")
  void a_black_hole() throws IOException {
    try (var hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var crowd = new Crowd(hole.getLocalPort())) {
      Assumptions.assumeTrue(crowd.isFull(), "this kernel takes connections beyond the backlog");
      rig.at("openai", "http://127.0.0.1:" + hole.getLocalPort() + "/v1");

      var answer = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("all_keys_failed", "ConnectTimeoutException");
      assertThat(attempts(answer)).isEqualTo(2);
    }
    assertNoKeyIsBlamed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "H", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\ncontent-ty"})
  @DisplayName("F3 a reset in the headers: one more attempt, on another connection")
  void a_reset_in_the_headers(String sent) {
    var server = upstream(line -> resets(line, sent), ConnectionFaultTest::answers);
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempts(answer)).isEqualTo(2);
    assertThat(server.met()).isEqualTo(2);
    assertNoKeyIsBlamed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-ty"})
  @DisplayName("F3, P10 resets for ever: one more attempt a request, while the budget lasts")
  void resets_for_ever(String sent) {
    var server = upstream(line -> resets(line, sent));
    for (var attempts : new int[] {2, 2, 2, 1, 1}) {
      var answer = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(attempts(answer)).isEqualTo(attempts);
    }
    assertThat(server.met()).isEqualTo(8);
    assertNoKeyIsBlamed();
  }

  @Test
  @DisplayName("F3 what may have been worked on and does harm twice is not repeated")
  void images_are_not_asked_for_twice() {
    var server = upstream(line -> resets(line, ""));
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("F34 a stale pooled connection: asked again without blame or budget, even an image")
  void a_stale_connection() {
    var server =
        upstream(
            line -> dies(line, ""),
            line -> dies(line, ""),
            line -> dies(line, ""),
            line -> dies(line, ""),
            line -> dies(line, ""),
            ConnectionFaultTest::answers);
    for (var i = 0; i < 6; i++) {
      assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    }
    assertThat(server.met()).isEqualTo(6);
    assertNoKeyIsBlamed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nco", "HTTP/1.1 100 C\r\n\r\n"})
  @DisplayName("F34 a reused connection that dies within its answer is no stale one")
  void a_reused_connection_that_began_to_answer(String begun) {
    var server = upstream(line -> dies(line, begun), ConnectionFaultTest::answers);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(1);
    assertNoKeyIsBlamed();
  }

  @Test
  @DisplayName("F34 a new connection that closes is no stale one: images are not asked for again")
  void a_new_connection_that_closes() {
    var server = upstream(Line::hear);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(1);
  }

  private void assertNoKeyIsBlamed() {
    for (var key : KEYS) {
      assertThat(rig.standing("openai", key).state()).isEqualTo(State.ACTIVE);
      assertThat(rig.standing("openai", key).coolings()).isEmpty();
    }
  }

  private static void resets(Line line, String sent) throws IOException {
    line.hear();
    line.say(sent).reset();
  }

  /// Answers one question, and only begins to answer the second.
  private static void dies(Line line, String begun) throws IOException {
    line.hear();
    line.say(ANSWER).hear();
    line.say(begun);
  }

  /// Answers every request on the connection.
  private static void answers(Line line) throws IOException {
    while (true) {
      line.hear();
      line.say(ANSWER);
    }
  }

  private BareServer upstream(BareServer.Manners... manners) {
    var server = new BareServer(manners);
    servers.add(server);
    rig.at("openai", server.url() + "/v1");
    return server;
  }

  private static int attempts(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("x-one-balance-attempts").orElseThrow());
  }

  /// Connections that wait in a backlog until it takes no more.
  private static final class Crowd implements AutoCloseable {
    private static final int MOST = 8;
    private final List<Socket> waiting = new ArrayList<>();
    private boolean full;

    Crowd(int port) throws IOException {
      while (!full && waiting.size() < MOST) {
        var one = new Socket();
        waiting.add(one);
        try {
          one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
        } catch (SocketTimeoutException noRoom) {
          full = true;
        }
      }
    }

    boolean isFull() {
      return full;
    }

    @Override
    public void close() throws IOException {
      for (var one : waiting) {
        one.close();
      }
    }
  }
}
