package io.onebalance.relay;

import static io.onebalance.relay.Http2Upstream.IMAGE;
import static io.onebalance.relay.Http2Upstream.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Frames;
import io.onebalance.wire.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an upstream does wrong in its answers over HTTP/2.
class Http2AnswersTest {
  private static final AtomicReference<Pem> PAIR = new AtomicReference<>();

  private final Http2Upstream upstream = new Http2Upstream(PAIR.get());
  private final Rig rig = upstream.rig;

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    PAIR.set(Pem.in(folder));
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {Frames.SETTINGS, Frames.PING})
  @DisplayName("F33 a flood of SETTINGS or PING: the connection is closed, the next one serves")
  void a_flood_of_courtesies(int type) throws Exception {
    var payload = new byte[type == Frames.PING ? 8 : 0];
    var closed = new CompletableFuture<Integer>();
    var server =
        upstream.plays(
            line -> {
              var frames = Frames.ofServer(line);
              upstream.asked(frames);
              var sent = 0;
              try {
                while (sent < 2_000_000) {
                  frames.say(type, 0, 0, payload);
                  sent++;
                }
              } catch (IOException done) {
                closed.complete(sent);
              }
              closed.complete(sent);
            },
            line -> upstream.answersAll(Frames.ofServer(line)));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(1_000_000);
    assertThat(server.met()).isEqualTo(2);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F33 a flood of empty DATA: the connection is closed, the answer never ends cleanly")
  void a_flood_of_empty_data() throws Exception {
    var closed = new CompletableFuture<Integer>();
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      var stream = upstream.asked(frames);
      frames.head(stream, "content-type", "text/event-stream");
      frames.data(stream, "data: {\"id\":1}\n\n", false);
      var sent = 0;
      try {
        while (sent < 2_000_000) {
          frames.data(stream, "", false);
          sent++;
        }
      } catch (IOException done) {
        closed.complete(sent);
      }
      closed.complete(sent);
    });
    var answer = upstream.ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).startsWith("data: {\"id\":1}\n\n").contains("was cut off");
    assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(1_000_000);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F4 a stream that is reset or whose connection ends: an error event, never clean")
  void a_cut_stream(boolean reset) throws Exception {
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      var stream = upstream.asked(frames);
      frames.head(stream, "content-type", "text/event-stream");
      frames.data(stream, "data: {\"id\":1}\n\n", false);
      if (reset) {
        frames.reset(stream, 2);
        upstream.answersAll(frames);
      }
    });
    var answer = upstream.ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).contains("data: {\"error\":").endsWith("\n\n");
    assertThat(upstream.keys).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\"", "{\"a\":1}, and more than was told"})
  @DisplayName("F13 a content-length that the frames don't keep is no whole answer")
  void a_wrong_length(String body) throws Exception {
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      while (true) {
        var stream = upstream.asked(frames);
        frames.head(stream, "content-type", "audio/mpeg", "content-length", "9");
        frames.data(stream, body, true);
      }
    });
    var answer = upstream.ask(Calls.CHAT, Calls.HELLO);
    assertThat(answer.status() == 200 && answer.whole()).as(answer.everything()).isFalse();
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F15 an answer of more than 200 fields: 502")
  void too_many_fields() throws Exception {
    assertHeadIsRefused(
        IntStream.range(0, 201)
            .boxed()
            .flatMap(i -> Stream.of("x-" + i, "y"))
            .toArray(String[]::new));
  }

  @Test
  @DisplayName("F15 an answer with a head above 64 KiB: 502")
  void a_huge_head() throws Exception {
    assertHeadIsRefused(
        IntStream.range(0, 7)
            .boxed()
            .flatMap(i -> Stream.of("x-" + i, "y".repeat(2000)))
            .toArray(String[]::new),
        5);
  }

  private void assertHeadIsRefused(String... fields) throws Exception {
    assertHeadIsRefused(fields, 1);
  }

  /// The block goes out `times` over, in CONTINUATION frames: a frame has room for 16 KiB.
  private void assertHeadIsRefused(String[] fields, int times) throws Exception {
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      var stream = upstream.asked(frames);
      var last = times == 1 ? 4 : 0;
      frames.say(Frames.HEADERS, last, stream, Frames.headers(0x88, fields));
      for (var i = 1; i < times; i++) {
        var block =
            Arrays.copyOfRange(
                Frames.headers(0x88, fields), 1, Frames.headers(0x88, fields).length);
        frames.say(9, i == times - 1 ? 4 : 0, stream, block);
      }
      frames.data(stream, "{}", true);
      line.untilClosed();
    });
    var answer = rig.post(IMAGES, IMAGE);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }
}
