package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.server.watch.Patience;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How large bodies are taken, refused, kept or passed through, and who may send one at all.
class BodyLimitTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int REPLAY = 32 << 10;
  private static final int MOST = 1 << 20;
  private static final String FILES = "/api/openai/v1/files";

  private final Rig rig = new Rig();

  @BeforeEach
  void provide() {
    rig.limits = new BodyLimits(REPLAY, MOST);
    rig.keys("openai", A, B);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @DisplayName("S18, D37 an upload without a valid key is refused with less than 64 KiB read")
  void strangers_upload_nothing() throws IOException {
    try (var line = rig.line()) {
      line.say(
          "POST "
              + FILES
              + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer wrong\r\n"
              + "content-length: 1000000\r\n\r\n");
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.field("connection")).isEqualTo("close");
    }
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000, 65_536})
  @DisplayName("P9 whoever is refused with little to come is served on the same connection")
  void a_refused_connection_goes_on(int length) throws IOException {
    try (var line = rig.line()) {
      for (var i = 0; i < 3; i++) {
        line.say(stranger("content-length: " + length));
        var refused = line.hear();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.field("connection")).isEmpty();
        line.say("x".repeat(length)).say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        assertThat(line.hear().status()).isEqualTo(200);
      }
    }
  }

  @Test
  @DisplayName("P9 requests in one piece: what follows on a refused one is read from its beginning")
  void refused_and_served_in_one_piece() throws IOException {
    var refused = stranger("content-length: 20") + "GET / HTTP/1.1\r\n\r\n??";
    var served = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO);
    try (var line = rig.line()) {
      line.say((refused + served).repeat(3));
      for (var i = 0; i < 3; i++) {
        assertThat(line.hear().status()).isEqualTo(401);
        assertThat(line.hear().status()).isEqualTo(200);
      }
    }
    assertThat(rig.sandbox.seen().count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 65537",
        "transfer-encoding: chunked",
        "content-length: 10\r\nexpect: 100-continue"
      })
  @DisplayName("P9, S18 where more may come, or nobody knows what does, a refusal is the last word")
  void a_refused_connection_ends(String length) throws IOException {
    try (var line = rig.line()) {
      line.say(stranger(length));
      var refused = line.hear();
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.field("connection")).isEqualTo("close");
      assertThat(line.untilClosed()).isZero();
    }
  }

  @Test
  @DisplayName("P9, F41 what is left of a refused body may not drip for longer than a head")
  void a_refused_body_that_drips() throws IOException {
    var brief = Duration.ofMillis(300);
    rig.connections = new Patience(brief, LONG, LONG, LONG);
    try (var line = rig.line()) {
      line.say(stranger("content-length: 60000"));
      assertThat(line.hear().status()).isEqualTo(401);
      assertThat(drip(line, 60_000)).isLessThan(60_000);
    }
  }

  /// Says one byte after the other, and between two lets the relay answer somebody else. Tells how
  /// many it could say.
  private int drip(Line line, int bytes) throws IOException {
    try (var other = rig.line()) {
      for (var i = 0; i < bytes; i++) {
        try {
          line.say("x");
        } catch (IOException cut) {
          return i;
        }
        other.say("GET /api/openai/v1/models HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      }
    }
    return bytes;
  }

  private static String stranger(String field) {
    return "POST " + FILES + " HTTP/1.1\r\nhost: x\r\n" + field + "\r\n\r\n";
  }

  @Test
  @DisplayName("S18 whoever goes on sending after a refusal is cut off")
  void a_refused_sender_is_cut_off() throws IOException {
    try (var line = rig.line()) {
      line.say("POST " + FILES + " HTTP/1.1\r\nhost: x\r\ncontent-length: 500000000\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(401);
      var piece = new byte[64 << 10];
      var sent = 0L;
      try {
        while (sent < 64 << 20) {
          line.say(piece);
          sent += piece.length;
        }
      } catch (IOException cut) {
        // as it should be
      }
      // What went out lies in the kernel's buffers; nobody here has read it.
      assertThat(sent).isLessThan(16 << 20);
    }
  }

  @Test
  @DisplayName("F43 a content-length above the limit: 413 at once")
  void too_large_by_its_length() throws IOException {
    try (var line = rig.line()) {
      line.say(head(FILES) + "content-length: " + (MOST + 1) + "\r\n\r\n");
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).contains("request_too_large");
    }
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  @DisplayName("F43 chunks above the limit: 413 at the limit, and the upstream is called off")
  void too_large_by_its_chunks() throws IOException {
    try (var line = rig.line()) {
      line.say(head(FILES) + "transfer-encoding: chunked\r\n\r\n");
      chunks(line, 2 * MOST / 1024);
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.field("connection")).isEqualTo("close");
    }
    rig.untilIdle("openai");
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  @DisplayName(
      "F43 chunks above a limit that is no larger than REPLAY_BYTES: 413, nothing is asked")
  void too_large_to_be_kept() throws IOException {
    rig.limits = new BodyLimits(MOST, MOST);
    try (var line = rig.line()) {
      line.say(head(FILES) + "transfer-encoding: chunked\r\n\r\n");
      chunks(line, 2 * MOST / 1024);
      assertThat(line.hear().status()).isEqualTo(413);
    }
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  @DisplayName("REPLAY_BYTES up to it a body is kept, and asked again with another key")
  void kept_bodies_are_asked_again() {
    rig.script.play(Match.ALL, Fault.dead(), Fault.well());
    assertThat(upload(REPLAY)).isEqualTo(200);
    assertThat(rig.counts("openai").blocked()).isEqualTo(1);
    assertThat(rig.sandbox.seen().all())
        .hasSize(2)
        .allSatisfy(asked -> assertThat(asked.heard().body()).isEqualTo(bytes(REPLAY)));
  }

  @Test
  @DisplayName("D39 above REPLAY_BYTES there is one attempt, streamed and byte-identical")
  void passing_bodies_are_asked_once() {
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(40)));
    assertThat(upload(REPLAY + 1)).isEqualTo(502);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);

    rig.script.play(Match.ALL, Fault.well());
    assertThat(upload(MOST)).isEqualTo(200);
    assertThat(rig.sandbox.seen().last().heard().body()).isEqualTo(bytes(MOST));
    assertThat(rig.sandbox.seen().last().heard().all("content-length"))
        .containsExactly(Integer.toString(MOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", ""})
  @DisplayName("F50 no 100-continue for a stranger")
  void no_continue_for_strangers(String credential) throws IOException {
    try (var line = rig.line()) {
      line.say(
          "POST "
              + FILES
              + " HTTP/1.1\r\nhost: x\r\nauthorization: "
              + credential
              + "\r\nexpect: 100-continue\r\ncontent-length: 10\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("F50 no 100-continue for a body that is too large")
  void no_continue_for_too_large_a_body() throws IOException {
    try (var line = rig.line()) {
      line.say(head(FILES) + "expect: 100-continue\r\ncontent-length: " + (MOST + 1) + "\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(413);
    }
  }

  @Test
  @DisplayName("F50 100-continue once the caller was admitted; Expect does not travel on")
  void continue_for_the_admitted() throws IOException {
    try (var line = rig.line()) {
      line.say(
          head(Calls.CHAT)
              + "content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: "
              + Calls.HELLO.length()
              + "\r\n\r\n");
      assertThat(line.head().status()).isEqualTo(100);
      line.say(Calls.HELLO);
      assertThat(line.hear().status()).isEqualTo(200);
    }
    assertThat(rig.sandbox.seen().last().heard().all("expect")).isEmpty();
  }

  @Test
  @DisplayName("F35 an answer that comes while the body passes is forwarded, the upload stops")
  void an_early_answer_stops_the_upload() throws Exception {
    var closed = new CompletableFuture<Long>();
    try (var upstream =
        new BareServer(line -> {
          line.head();
          line.say(
              "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
          closed.complete(line.untilClosed());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = rig.line()) {
        line.say(head(FILES) + "content-type: a/b\r\ncontent-length: " + MOST + "\r\n\r\n");
        line.say("x".repeat(REPLAY + 1));
        var answer = line.hear();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(MOST);
        chunks(line, 4 * MOST / 1024);
        line.untilClosed();
      }
      rig.untilIdle("openai");
    }
  }

  @Test
  @DisplayName("F71 a body that finds no room beside the others: 503, until one of them is over")
  void no_room_for_one_more() throws Exception {
    rig.limits = new BodyLimits(MOST, MOST);
    rig.room = new Room(MOST);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    try (var first = rig.line()) {
      first.say(Calls.onTheWire("POST", Calls.CHAT, new String(bytes(MOST / 2), UTF_8)));
      rig.sandbox.seen().nth(1).join();
      var refused = posted(MOST - 1);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
      assertThat(refused.body()).contains("overloaded");
      assertThat(upload(Calls.HELLO.length())).isEqualTo(200);
      assertThat(rig.room.taken()).isEqualTo(MOST / 2 - (64 << 10));
    }
    Rig.until(() -> rig.room.taken() == 0);
    assertThat(upload(MOST - 1)).isEqualTo(200);
    Rig.until(() -> rig.room.taken() == 0);
  }

  @Test
  @DisplayName("F71 of a body that passes by, only what is kept takes room")
  void what_passes_takes_no_room() {
    rig.limits = new BodyLimits(2 * REPLAY, MOST);
    rig.room = new Room(4 * REPLAY);
    for (var i = 0; i < 3; i++) {
      assertThat(upload(MOST)).isEqualTo(200);
      Rig.until(() -> rig.room.taken() == 0);
    }
  }

  private HttpResponse<String> posted(int size) {
    return rig.send(
        rig.request(Calls.CHAT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(size)))
            .build());
  }

  private int upload(int size) {
    return posted(size).statusCode();
  }

  private static void chunks(Line line, int count) throws IOException {
    try {
      for (var i = 0; i < count; i++) {
        line.say("400\r\n" + "x".repeat(1024) + "\r\n");
      }
    } catch (IOException cut) {
      // the relay has heard enough; what it answered can still be read
    }
  }

  /// A call with a prompt of random words that fills so many bytes.
  private static byte[] bytes(int size) {
    var random = new Random(size);
    var words = new StringBuilder(size);
    while (words.length() < size) {
      words.append((char) ('a' + random.nextInt(26)));
    }
    var left = size - Calls.HELLO.length() + "hello".length();
    return Calls.HELLO.replace("hello", words.substring(0, left)).getBytes(UTF_8);
  }

  private static String head(String target) {
    return "POST "
        + target
        + " HTTP/1.1\r\nhost: gateway.test\r\nauthorization: Bearer "
        + Rig.AUTH
        + "\r\n";
  }
}
