package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers whose head is none, or not one that may be believed: 502, and their connection is never
/// used again.
class OddHeadTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  private static final String ANSWER = OK + "content-length: 2\r\n\r\n{}";

  private final Rig rig = new Rig();
  private final List<BareServer> servers = new ArrayList<>();

  OddHeadTest() {
    rig.keys("openai", KEY);
  }

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no HTTP\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  @DisplayName("F8 garbage in place of an answer: 502, the connection is closed")
  void garbage(String bytes) throws Exception {
    assertRefusedAndClosed(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 2\r\ncontent-length: 3\r\n\r\n{} ",
        "content-length: 2\r\ncontent-length: 2\r\n\r\n{}",
        "content-length: 2, 3\r\n\r\n{} ",
        "content-length: 99\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
      })
  @DisplayName("F14 two lengths, or a length beside chunks: 502, the connection is closed")
  void ambiguous_framing(String rest) throws Exception {
    assertRefusedAndClosed(OK + rest);
  }

  @Test
  @DisplayName("F15 answer headers above 64 KiB: 502, the connection is closed")
  void huge_headers() throws Exception {
    assertRefusedAndClosed(
        OK + "x-huge: " + "x".repeat(70 << 10) + "\r\ncontent-length: 0\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({"100 Continue, 9", "103 Early Hints, 9", "100 Continue, 100", "103 Early Hints, 100"})
  @DisplayName("F16 nine interim answers or a storm of them: 502, the connection is closed")
  void a_storm_of_interim_answers(String status, int count) throws Exception {
    assertRefusedAndClosed(interim(status).repeat(count) + ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "103 Early Hints"})
  @DisplayName("F16 eight interim answers are passed over: the client hears of none")
  void interim_answers(String status) throws IOException {
    upstream(line -> {
      while (true) {
        line.hear();
        line.say(interim(status).repeat(8) + ANSWER);
      }
    });
    try (var line = rig.line()) {
      for (var i = 0; i < 2; i++) {
        var answer = line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO)).hear();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("link")).isEmpty();
        assertThat(answer.text()).isEqualTo("{}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("F17 a redirect is the client's: never followed, asked once, nobody is blamed")
  void a_redirect(int status) {
    var elsewhere = server(OddHeadTest::answers);
    rig.script.play(Match.ALL, Fault.redirects(status, elsewhere.url() + "/steal"));

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("location")).contains(elsewhere.url() + "/steal");
    assertThat(elsewhere.met()).isZero();
    assertThat(rig.sandbox.seen().all())
        .singleElement()
        .satisfies(asked -> assertThat(asked.heard().target()).endsWith("/chat/completions"));
    rig.untilIdle("openai");
    assertThat(rig.standing("openai", KEY).health().consecutiveFailures()).isZero();
    assertThat(rig.counts("openai").active()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/v1/elsewhere?a=b, /api/openai/v1/elsewhere?a=b",
    "//elsewhere.example/v1/x, //elsewhere.example/v1/x",
    "https://elsewhere.example/v1/x?X-Amz-Credential=cas%2F20261121%2Fus-east-1,"
        + " https://elsewhere.example/v1/x?X-Amz-Credential=cas%2F20261121%2Fus-east-1",
    "next, next"
  })
  @DisplayName("F17 a redirect within the provider leads back to us, any other where it led")
  void a_redirect_within(String location, String told) {
    rig.script.play(Match.ALL, Fault.redirects(302, location));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.headers().firstValue("location")).contains(told);
  }

  @Test
  @DisplayName("S26 a redirect that holds the key is told without its place")
  void a_redirect_with_the_key() {
    rig.script.play(Match.ALL, Fault.redirects(302, "https://elsewhere.example/?key=" + KEY));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location")).isEmpty();
  }

  @Test
  @DisplayName("F18 an unasked 101: 502, and the connection is closed")
  void an_unasked_upgrade() throws Exception {
    assertRefusedAndClosed(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
  }

  /// Two attempts meet the odd head, and what asks later meets a connection of its own.
  private void assertRefusedAndClosed(String bytes) throws Exception {
    var first = new CompletableFuture<Long>();
    var second = new CompletableFuture<Long>();
    var server =
        upstream(
            line -> says(line, bytes, first),
            line -> says(line, bytes, second),
            OddHeadTest::answers);
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed");
    assertThat(rig.counts("openai").active()).isEqualTo(1);
    assertThat(first.get(30, TimeUnit.SECONDS)).as("bytes of a second question").isZero();
    assertThat(second.get(30, TimeUnit.SECONDS)).as("bytes of a second question").isZero();
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(server.met()).isEqualTo(3);
  }

  private static void says(Line line, String bytes, CompletableFuture<Long> heard)
      throws IOException {
    line.hear();
    line.say(bytes);
    heard.complete(line.untilClosed());
  }

  private static String interim(String status) {
    return "HTTP/1.1 " + status + "\r\nlink: </x>\r\n\r\n";
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
}
