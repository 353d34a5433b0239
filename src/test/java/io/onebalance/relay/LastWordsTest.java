package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Frames;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a cut stream tells last arrives, however much of it the client has yet to read and whatever
/// it still sends.
class LastWordsTest {
  private static final String TRANSLATED = "/v1/messages";
  private static final String MESSAGE =
      """
      {"stream":true,"model":"openai/gpt-4o-mini","max_tokens":64,\
      "messages":[{"role":"user","content":"hello"}]}\
      """;
  private static final String EVENT =
      "data:"
          + " {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
          + "x".repeat(900)
          + "\"}}]}\n\n";
  private static final int EVENTS = 300;

  private final Rig rig = Rig.withHttp2();
  private volatile BareServer.Manners manners = LastWordsTest::breakOff;
  private final BareServer upstream = new BareServer(line -> manners.meet(line));

  LastWordsTest() {
    rig.keys("openai", "sk-a-key-for-last-words");
    rig.at("openai", upstream.url() + "/v1");
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  private static void breakOff(Line line) throws IOException {
    line.hear();
    line.say(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
    for (var i = 0; i < EVENTS; i++) {
      line.say(Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n");
    }
  }

  private static void fallSilent(Line line) throws IOException {
    breakOff(line);
    line.untilClosed();
  }

  private static void answerAtLength(Line line) throws IOException {
    line.hear();
    var answer =
        "{\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
            + "x".repeat(200_000)
            + "\"}}]}";
    line.say(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
            + answer.length()
            + "\r\n\r\n"
            + answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {Calls.CHAT, TRANSLATED})
  @DisplayName("F4 a cut stream ends with FIN behind its last event")
  void a_client_that_only_listens(String path) throws IOException {
    try (var line = Line.narrow(rig.port(), 4 << 10)) {
      line.say(Calls.onTheWire("POST", path, path.equals(TRANSLATED) ? MESSAGE : Calls.STREAM));
      assertIsTold(line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Calls.CHAT, TRANSLATED})
  @DisplayName("F4 what a client sends meanwhile does not reset the last event away")
  void a_client_that_asks_on(String path) throws IOException {
    var asked = Calls.onTheWire("POST", path, path.equals(TRANSLATED) ? MESSAGE : Calls.STREAM);
    try (var line = Line.narrow(rig.port(), 4 << 10)) {
      line.say(asked.repeat(3000));
      assertIsTold(line);
    }
  }

  private void assertIsTold(Line line) throws IOException {
    assertThat(line.head().status()).isEqualTo(200);
    Rig.until(() -> rig.underWay.all() == 0);
    var told = new String(line.rest(), UTF_8);
    assertThat(told.length()).isGreaterThan(EVENTS * 900);
    assertThat(told.substring(told.length() - 300)).contains("was cut off");
    assertThat(line.some()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Calls.CHAT, TRANSLATED})
  @DisplayName("F4 a client has its time to hear the last event before its connection ends")
  void a_client_that_drops_what_it_hears_with_the_end(String path) throws IOException {
    var ages = Duration.ofHours(1);
    rig.patience = Patiences.client(rig.patience, new ClientLimits(ages, ages, ages));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", path, path.equals(TRANSLATED) ? MESSAGE : Calls.STREAM));
      assertThat(line.head().status()).isEqualTo(200);
      var told = new StringBuilder();
      while (!told.toString().contains("was cut off")) {
        told.append(new String(line.some(), UTF_8));
      }
      rig.untilIdle("openai");
      assertThat(rig.underWay.all()).isEqualTo(1);
    }
    Rig.until(() -> rig.underWay.all() == 0);
  }

  private static Frames askOverHttp2(Line line, String path, String body) throws IOException {
    var head =
        Frames.headers(
            0x83,
            ":scheme",
            "http",
            ":authority",
            "gateway.test",
            ":path",
            path,
            "authorization",
            "Bearer " + Rig.AUTH,
            "content-type",
            "application/json");
    return Frames.ofClient(line)
        .say(Frames.HEADERS, Frames.END_HEADERS, 1, head)
        .data(1, body, true);
  }

  private void assertLetGo(Frames frames) throws IOException {
    assertThat(frames.frame(Frames.RST_STREAM).stream()).isEqualTo(1);
    Rig.until(() -> rig.underWay.all() == 0 && rig.room.taken() == 0);
  }

  private void taking(Duration taking) {
    rig.patience = Patiences.client(rig.patience, new ClientLimits(Duration.ofMinutes(1), taking));
  }

  @Test
  @DisplayName("F40 over HTTP/2 a client that takes no last event is let go")
  void over_http_2_a_client_that_takes_no_last_event() throws IOException {
    taking(Duration.ofSeconds(1));
    manners = LastWordsTest::fallSilent;
    try (var line = rig.line()) {
      var frames = askOverHttp2(line, Calls.CHAT, Calls.STREAM);
      frames.frame(Frames.DATA);
      rig.drain(Duration.ofMillis(1));
      assertLetGo(frames);
    }
  }

  @Test
  @DisplayName("F40 over HTTP/2 a client that does not take a whole answer is let go")
  void over_http_2_a_client_that_takes_no_whole_answer() throws IOException {
    taking(Duration.ofMillis(300));
    manners = LastWordsTest::answerAtLength;
    try (var line = rig.line()) {
      var asked = MESSAGE.replace("\"stream\":true,", "");
      assertLetGo(askOverHttp2(line, TRANSLATED, asked));
    }
  }

  @Test
  @DisplayName("F4 over HTTP/2 the last event comes before the reset of its stream")
  void over_http_2() throws IOException {
    try (var line = rig.line()) {
      var frames = askOverHttp2(line, Calls.CHAT, Calls.STREAM);
      var told = new StringBuilder();
      var frame = frames.next();
      while (frame.type() != Frames.RST_STREAM) {
        if (frame.type() == Frames.DATA) {
          told.append(new String(frame.payload(), UTF_8));
          frames.say(
              Frames.WINDOW_UPDATE, 0, 0, Frames.number(Math.max(1, frame.payload().length)));
          frames.say(
              Frames.WINDOW_UPDATE, 0, 1, Frames.number(Math.max(1, frame.payload().length)));
        }
        frame = frames.next();
      }
      assertThat(told.substring(told.length() - 300)).contains("was cut off");
    }
  }
}
