package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.relay.exchange.Room;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Answers that are gathered whole to be translated find room beside all else that is kept.
class AnswerRoomTest {
  private static final String KEY = "sk-a-key-for-long-answers";
  private static final String MESSAGES = "/v1/messages";
  private static final String ASKED =
      """
      {"model":"openai/gpt-4o-mini","max_tokens":64,\
      "messages":[{"role":"user","content":"hello"}]}\
      """;
  private static final String RESPONSE =
      "{\"model\":\"mistral/mistral-small\",\"input\":\"hello\",\"store\":false,\"stream\":true}";
  private static final int LONG = 400_000;
  private static final String ANSWER =
      "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
          + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
          + "x".repeat(LONG)
          + "\"}}]}";

  private final Rig rig = new Rig();
  private final CompletableFuture<Long> stopped = new CompletableFuture<>();
  private BareServer upstream = new BareServer(AnswerRoomTest::answer);

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  private void serve(BareServer.Manners... manners) {
    upstream.close();
    upstream = new BareServer(manners);
    rig.keys("openai", KEY);
    rig.at("openai", upstream.url() + "/v1");
  }

  private static void answer(Line line) throws IOException {
    line.hear();
    line.say(head(ANSWER.length()) + ANSWER);
  }

  private static String head(long length) {
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        + length
        + "\r\n\r\n";
  }

  /// Answers without an end, until the other side has had enough.
  private void goOn(Line line) throws IOException {
    line.hear();
    line.say(head(Long.MAX_VALUE));
    var piece = " ".repeat(64 << 10).getBytes(UTF_8);
    var said = 0L;
    try {
      while (true) {
        line.say(piece);
        said += piece.length;
      }
    } finally {
      stopped.complete(said);
    }
  }

  @Test
  @DisplayName("F71 a long answer is gathered where there is room, which is given back")
  void room_enough() {
    rig.room = new Room(LONG);
    serve(AnswerRoomTest::answer);
    var answer = rig.post(MESSAGES, ASKED);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getJsonArray("content").encode())
        .hasSizeGreaterThan(LONG);
    Rig.until(() -> rig.room.taken() == 0);
  }

  @Test
  @DisplayName(
      "F71 an answer that finds no room: 503, its upstream is let go, and no key is blamed")
  void no_room() throws Exception {
    rig.room = new Room(100_000);
    serve(this::goOn, AnswerRoomTest::answer);
    for (var i = 0; i < 2; i++) {
      var answer = rig.post(MESSAGES, ASKED);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
      assertThat(answer.body()).contains("overloaded_error", "no room for the answer");
      rig.untilIdle("openai");
      Rig.until(() -> rig.room.taken() == 0);
    }
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isLessThan(32L << 20);
    assertThat(rig.standing("openai", KEY).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("F71 a client that leaves while its answer is gathered gives the room back")
  void a_client_that_leaves() throws Exception {
    serve(line -> {
      line.hear();
      line.say(head(LONG) + " ".repeat(LONG / 2));
      stopped.complete(line.untilClosed());
    });
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", MESSAGES, ASKED));
      Rig.until(() -> rig.room.taken() > 0);
    }
    stopped.get(30, TimeUnit.SECONDS);
    Rig.until(() -> rig.room.taken() == 0);
    rig.untilIdle("openai");
  }

  private static String events() {
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":"
        + "[{\"index\":0,\"delta\":{"
        + delta
        + "},\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  private String stream(String path, String asked) throws IOException {
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", path, asked, "connection: close"));
      return new String(line.rest(), UTF_8);
    }
  }

  /// Streams texts without an end, until the other side has had enough.
  private void streamOn(Line line) throws IOException {
    line.hear();
    line.say(events());
    var piece = chunk("\"content\":\"" + "x".repeat(16 << 10) + "\"", "null");
    var said = 0L;
    try {
      while (true) {
        line.say(piece);
        said += piece.length();
      }
    } finally {
      stopped.complete(said);
    }
  }

  @Test
  @DisplayName("F71 a stream that is repeated at its end is kept where there is room")
  void room_for_a_stream() throws Exception {
    rig.room = new Room(LONG);
    serve(line -> {
      line.hear();
      line.say(events() + chunk("\"content\":\"" + "x".repeat(LONG) + "\"", "null"));
      line.say(chunk("\"content\":\"\"", "\"stop\"") + "data: [DONE]\n\n");
    });
    rig.at("mistral", upstream.url() + "/v1");
    rig.keys("mistral", KEY);
    assertThat(stream("/v1/responses", RESPONSE)).contains("event: response.completed");
    Rig.until(() -> rig.room.taken() == 0);
  }

  @Test
  @DisplayName("F71 a stream that finds no room is cut off, and told why")
  void no_room_for_a_stream() throws Exception {
    rig.room = new Room(200_000);
    serve(this::streamOn);
    rig.at("mistral", upstream.url() + "/v1");
    rig.keys("mistral", KEY);
    assertThat(stream("/v1/responses", RESPONSE))
        .contains("HTTP/1.1 200", "event: response.failed", "no room for the answer")
        .doesNotContain("response.completed")
        .doesNotEndWith("0\r\n\r\n");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isLessThan(32L << 20);
    Rig.until(() -> rig.room.taken() == 0);
    rig.untilIdle("mistral");
    assertThat(rig.standing("mistral", KEY).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("F71 an event that never ends finds no room either")
  void no_room_for_an_event() throws Exception {
    rig.room = new Room(200_000);
    serve(line -> {
      line.hear();
      line.say(events() + chunk("\"content\":\"hello\"", "null") + "data: ");
      var said = 0L;
      try {
        while (true) {
          line.say("x".repeat(64 << 10));
          said += 64 << 10;
        }
      } finally {
        stopped.complete(said);
      }
    });
    assertThat(stream(MESSAGES, ASKED.replaceFirst("\\{", "{\"stream\":true,")))
        .contains("event: error", "no room for the answer")
        .doesNotContain("message_stop");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isLessThan(32L << 20);
    Rig.until(() -> rig.room.taken() == 0);
  }

  @Test
  @DisplayName("F71 what only passes by needs no room, however long it is")
  void a_stream_that_passes_by() throws Exception {
    rig.room = new Room(100_000);
    serve(line -> {
      line.hear();
      line.say(events());
      for (var i = 0; i < 100; i++) {
        line.say(chunk("\"content\":\"" + "x".repeat(16 << 10) + "\"", "null"));
      }
      line.say(chunk("\"content\":\"\"", "\"stop\"") + "data: [DONE]\n\n");
    });
    assertThat(stream(MESSAGES, ASKED.replaceFirst("\\{", "{\"stream\":true,")))
        .contains("event: message_stop");
  }

  @Test
  @DisplayName("an answer without an end is not read to its end")
  void an_endless_answer() throws Exception {
    serve(this::goOn);
    var answer = rig.post(MESSAGES, ASKED);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("too long");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isLessThan(128L << 20);
    Rig.until(() -> rig.room.taken() == 0);
  }
}
