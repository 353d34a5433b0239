package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.EventFrame;
import io.onebalance.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bedrock's binary streams on real sockets.
class EventStreamTest {
  private static final String CONVERSE = "/api/aws-bedrock/model/some-model/converse-stream";
  private static final String MODEL = "some-model";
  private static final byte[] START = EventFrame.event("messageStart", "{\"role\":\"assistant\"}");
  private static final byte[] STOP =
      EventFrame.event("messageStop", "{\"stopReason\":\"end_turn\"}");

  private final Rig rig = new Rig();
  private BareServer[] servers = {};

  @AfterEach
  void close() {
    for (var server : servers) {
      server.close();
    }
    rig.close();
  }

  private BareServer upstream(BareServer.Manners... manners) {
    var server = new BareServer(manners);
    servers = new BareServer[] {server};
    rig.at("aws-bedrock", server.url());
    rig.keys("aws-bedrock", "bedrock-key-a", "bedrock-key-b");
    return server;
  }

  /// Answers one question with these bytes, so many at a time, and hangs up.
  private static BareServer.Manners answering(int size, byte[]... frames) {
    return line -> {
      line.hear();
      var body = joined(frames);
      line.say(
          "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
              + "transfer-encoding: chunked\r\nconnection: close\r\n\r\n");
      for (var from = 0; from < body.length; from += size) {
        chunk(line, Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
      }
      line.say("0\r\n\r\n");
    };
  }

  private static void chunk(Line line, byte[] bytes) throws IOException {
    line.say(Integer.toHexString(bytes.length) + "\r\n").say(bytes).say("\r\n");
  }

  private static byte[] joined(byte[]... frames) {
    var all = new ByteArrayOutputStream();
    for (var frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  private HttpResponse<byte[]> ask() throws IOException, InterruptedException {
    var request =
        rig.request(CONVERSE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[]}"))
            .build();
    return rig.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, 1, 1",
    "throttlingException, 1000, 1",
    "modelStreamErrorException, 7, 0",
    "internalServerException, 50, 0"
  })
  @DisplayName("F11 the first frame of a stream is an exception: another attempt, unseen")
  void an_exception_comes_first(String type, int size, int resting) throws Exception {
    var server =
        upstream(
            answering(size, EventFrame.exception(type, "Sorry.")), answering(size, START, STOP));
    var answer = ask();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(joined(START, STOP));
    assertThat(server.met()).isEqualTo(2);
    var rested =
        Map.of(
                "a",
                rig.standing("aws-bedrock", "bedrock-key-a"),
                "b",
                rig.standing("aws-bedrock", "bedrock-key-b"))
            .values()
            .stream()
            .filter(standing -> standing.coolings().containsKey(MODEL))
            .count();
    assertThat(rested).isEqualTo(resting);
    assertThat(rig.counts("aws-bedrock").blocked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 4096})
  @DisplayName("P11, P13 an exception behind the first event passes as it came, and is not retried")
  void an_exception_comes_later(int size) throws Exception {
    var late = EventFrame.exception("throttlingException", "Too late.");
    var server = upstream(answering(size, START, late));
    var answer = ask();
    assertThat(answer.body()).isEqualTo(joined(START, late));
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("F11 a mistake of the client's is a refusal: nobody is asked again")
  void a_mistake_comes_first() throws Exception {
    var mistake = EventFrame.exception("validationException", "No such field.");
    var server = upstream(answering(64, mistake));
    var answer = ask();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo("{\"message\":\"No such field.\",\"__type\":\"validationException\"}");
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("F10 a stream that ends without a frame is asked for once more, then told")
  void no_frame_at_all() throws Exception {
    var server = upstream(answering(64));
    assertThat(ask().statusCode()).isEqualTo(502);
    assertThat(server.met()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20_000})
  @DisplayName("P13 a long first frame, or what is none at all, passes byte for byte")
  void what_is_no_frame_passes(int length) throws Exception {
    var text = "x".repeat(length);
    var odd = EventFrame.event("contentBlockDelta", "{\"delta\":\"" + text + "\"}");
    upstream(answering(977, odd));
    assertThat(ask().body()).isEqualTo(odd);
  }
}
