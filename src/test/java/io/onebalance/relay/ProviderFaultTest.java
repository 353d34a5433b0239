package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Fault;
import io.onebalance.sandbox.Match;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers and the way to them do wrong before a byte has reached the client: the endpoint
/// is at fault, never a key.
class ProviderFaultTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

  private final Rig rig = new Rig(Duration.ofMillis(400));
  private final List<BareServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  @Test
  @DisplayName("F1 a refused connection: retried within the limit, then 502; no key to blame")
  void a_refused_connection() throws IOException {
    rig.keys("openai", A, B);
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    rig.at("openai", "http://127.0.0.1:" + port + "/v1");

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed");
    assertThat(attempts(answer)).isEqualTo(3);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("P1, F2 a black hole fails at the connect timeout, after at most two attempts")
  void a_black_hole() throws IOException {
    rig.keys("openai", A, B);
    try (var hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var crowd = new Crowd(hole.getLocalPort())) {
      Assumptions.assumeTrue(crowd.isFull(), "this kernel takes connections beyond the backlog");
      rig.at("openai", "http://127.0.0.1:" + hole.getLocalPort() + "/v1");

      var answer = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(attempts(answer)).isLessThanOrEqualTo(2);
    }
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-ty"})
  @DisplayName("F3 a reset in the headers: one more attempt, on another connection")
  void a_reset_in_the_headers(String sent) {
    rig.keys("openai", A, B);
    var server =
        upstream(
            line -> {
              line.hear();
              line.say(sent).reset();
            },
            ProviderFaultTest::answers);
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempts(answer)).isEqualTo(2);
    assertThat(server.met()).isEqualTo(2);
  }

  @Test
  @DisplayName("F3 what may have been worked on and does harm twice is not repeated")
  void images_are_not_asked_for_twice() {
    rig.keys("openai", A, B);
    var server =
        upstream(line -> {
          line.hear();
          line.reset();
        });
    var answer = rig.post("/api/openai/v1/images/generations", "{\"model\":\"gpt-image-1\"}");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("P1, F5 silence before the first byte: retried once, then 504 with the code timeout")
  void a_stall_before_the_first_byte() {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(200));
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.hangs());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("\"code\":\"timeout\"");
    assertThat(attempts(answer)).isEqualTo(2);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F5 a slow first attempt is followed by a good one")
  void a_stall_and_then_an_answer() {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(200));
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("P1, D26 the deadline ends all attempts: 504 with the code timeout")
  void the_deadline() {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMillis(300));
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.hangs());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("\"code\":\"timeout\"");
    assertThat(attempts(answer)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no HTTP\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  @DisplayName("F8 garbage in place of an answer: 502")
  void garbage(String bytes) {
    assertRefused(502, bytes);
  }

  @Test
  @DisplayName(
      "F14 two lengths, or a length beside chunks: 502 and the connection is not used again")
  void ambiguous_framing() {
    assertRefused(502, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ");
  }

  @Test
  @DisplayName("F14 chunks beside a length: 502, neither is believed")
  void chunks_beside_a_length() {
    rig.keys("openai", A);
    upstream(line -> {
      line.hear();
      line.say(
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n"
              + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
      line.untilClosed();
    });
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
  }

  @Test
  @DisplayName("F15 answer headers above 64 KiB: 502")
  void huge_headers() {
    assertRefused(
        502,
        "HTTP/1.1 200 OK\r\nx-huge: " + "x".repeat(70 << 10) + "\r\ncontent-length: 0\r\n\r\n");
  }

  @Test
  @DisplayName("F16 a storm of interim answers: 502")
  void a_storm_of_interim_answers() {
    assertRefused(502, "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(100) + ANSWER);
  }

  @Test
  @DisplayName("F16 a storm of 100s: 502")
  void a_storm_of_continues() {
    assertRefused(502, "HTTP/1.1 100 Continue\r\n\r\n".repeat(100) + ANSWER);
  }

  @Test
  @DisplayName("F16 a few interim answers are passed over")
  void interim_answers() {
    rig.keys("openai", A);
    upstream(line -> {
      line.hear();
      line.say("HTTP/1.1 100 Continue\r\n\r\n");
      line.say("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + ANSWER);
      line.untilClosed();
    });
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F17 a redirect is never followed: no key travels to another host")
  void a_redirect() throws Exception {
    rig.keys("openai", A);
    var elsewhere = server(ProviderFaultTest::answers);
    rig.script.play(Match.ALL, Fault.redirects(307, elsewhere.url() + "/steal"));

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(elsewhere.met()).isZero();
    assertThat(rig.counts("openai").active()).isEqualTo(1);
  }

  @Test
  @DisplayName("F18 an unasked 101: 502, and the connection is closed")
  void an_unasked_upgrade() {
    assertRefused(
        502, "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
  }

  @Test
  @DisplayName("F9 an error document in a 200 is what it says: the next key is asked")
  void an_error_in_a_success() {
    rig.keys("openai", A, B);
    rig.script.key(A, new Fault.RefusesWith200(Complaint.Plain.INVALID_KEY));

    for (var i = 0; i < 4; i++) {
      var answer = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("chat.completion");
    }
    assertThat(rig.counts("openai").blocked()).isEqualTo(1);
  }

  @Test
  @DisplayName("F9, D9 a client's mistake told in a 200 is passed on: nobody is asked again")
  void a_mistake_in_a_success() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, new Fault.RefusesWith200(new Complaint.BadRequest("no such tool")));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("no such tool");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("F10 an empty Gemini answer: asked once more, then a clear error")
  void an_empty_answer() {
    rig.keys("google-ai-studio", A, B);
    rig.script.play(Match.ALL, new Fault.Empty());

    var answer = rig.post(Calls.GENERATE, Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed", "UNAVAILABLE");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);

    rig.script.play(Match.ALL, new Fault.Empty(), Fault.well());
    assertThat(rig.post(Calls.GENERATE, Calls.CONTENTS).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F10 a stream without an event is held back and asked for once more")
  void an_empty_stream() {
    rig.keys("google-ai-studio", A, B);
    rig.script.play(Match.ALL, new Fault.Empty(), Fault.well());
    var answer = rig.post(Calls.GENERATE_STREAM, Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("data: {").contains("parts");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  @DisplayName("F11 an error as the first event of a stream: the next key is asked")
  void an_error_as_first_event() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, new Fault.FailsAfter(0, Complaint.Plain.OVERLOADED), Fault.well());
    var answer = rig.post(Calls.CHAT, Calls.STREAM);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("[DONE]").doesNotContain("error");
    assertThat(attempts(answer)).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "F24, P10, D20 all keys overloaded: at most 1.10 attempts a request, every key in use")
  void no_amplification() {
    rig.keys("openai", IntStream.range(0, 20).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.ALL, Fault.overloaded());

    var requests = 200;
    var began = rig.clock.instant();
    for (var i = 0; i < requests; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(503);
    }
    var seconds = Duration.between(began, rig.clock.instant()).toSeconds() + 1;
    var floor = 3 * (1 + seconds);
    assertThat(rig.sandbox.seen().count()).isLessThanOrEqualTo((long) (1.1 * requests) + floor);
    assertThat(rig.counts("openai").active()).isEqualTo(20);
  }

  @Test
  @DisplayName("F24 the provider's own failure is passed on in its words, scrubbed")
  void the_last_failure_is_the_providers() {
    rig.keys("openai", A);
    rig.script.play(
        Match.ALL,
        new Fault.Says(
            500,
            Map.of("content-type", "application/json"),
            ("{\"error\":{\"message\":\"sorry, " + A + " failed\"}}")
                .getBytes(StandardCharsets.UTF_8)));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"error\":{\"message\":\"sorry, [redacted] failed\"}}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  @DisplayName("server faults are bounded by their own limit")
  void the_limit_of_server_faults() {
    rig.patience = Patiences.serverFaults(rig.patience, 2);
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.broken());
    assertThat(attempts(rig.post(Calls.CHAT, Calls.HELLO))).isEqualTo(2);
  }

  @Test
  @DisplayName("F34 a stale pooled connection: asked again without blame or budget")
  void a_stale_connection() {
    rig.keys("openai", A);
    var heads = new CopyOnWriteArrayList<String>();
    var server =
        upstream(
            line -> {
              heads.add(line.hear().start());
              line.say(ANSWER);
              heads.add(line.hear().start()); // the second question, which it will not answer
            },
            ProviderFaultTest::answers);
    for (var i = 0; i < 2; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(server.met()).isEqualTo(2);
    assertThat(heads).hasSize(2);
  }

  @Test
  @DisplayName("F34 a new connection that closes is no stale one: images are not asked for again")
  void a_new_connection_that_closes() {
    rig.keys("openai", A);
    var server = upstream(line -> line.hear());
    var answer = rig.post("/api/openai/v1/images/generations", "{\"model\":\"gpt-image-1\"}");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(1);
  }

  private void assertRefused(int status, String bytes) {
    rig.keys("openai", A);
    upstream(line -> {
      line.hear();
      line.say(bytes);
      line.untilClosed();
    });
    rig.patience = Patiences.attempt(rig.patience, Duration.ofSeconds(8));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("all_keys_failed");
    assertThat(rig.counts("openai").active()).isEqualTo(1);
  }

  /// Answers every request on the connection.
  private static void answers(Line line) throws IOException {
    while (true) {
      line.hear();
      line.say(ANSWER);
    }
  }

  private BareServer upstream(BareServer.Manners... manners) {
    var server = server(manners);
    rig.at("openai", server.url() + "/v1");
    return server;
  }

  private BareServer server(BareServer.Manners... manners) {
    var server = new BareServer(manners);
    servers.add(server);
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
          one.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
        } catch (java.net.SocketTimeoutException noRoom) {
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
