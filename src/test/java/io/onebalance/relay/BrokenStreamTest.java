package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.State;
import io.onebalance.sandbox.Ending;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when an answer goes wrong that the client has begun to hear: nobody retries, and
/// nothing ends as if it were whole.
class BrokenStreamTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String LONG_ANSWER = Calls.chat("words-5000");

  private final Rig rig = new Rig();
  private final List<BareServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  /// A streamed call and how its dialect tells an error in a stream.
  record Dialect(String provider, String target, String body, String error) {
    @Override
    public String toString() {
      return provider;
    }
  }

  static Stream<Dialect> dialects() {
    return Stream.of(
        new Dialect("openai", Calls.CHAT, Calls.STREAM, "\n\ndata: {\"error\":{\"message\":"),
        new Dialect(
            "anthropic",
            Calls.MESSAGES,
            Calls.MESSAGE_STREAM,
            "\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\""),
        new Dialect(
            "google-ai-studio",
            Calls.GENERATE_STREAM,
            Calls.CONTENTS,
            "\n\ndata: {\"error\":{\"code\":502,"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  @DisplayName("F4 a cut stream ends with an error event in the client's dialect, never cleanly")
  void a_cut_stream(Dialect dialect) throws IOException {
    rig.keys(dialect.provider, KEY);
    for (var reset : new boolean[] {false, true}) {
      rig.script.play(Match.ALL, new Fault.Cuts(600, reset));
      var answer = ask(dialect.target, dialect.body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.whole()).isFalse();
      assertThat(answer.text()).contains(dialect.error).endsWith("\n\n");
      rig.untilIdle(dialect.provider);
      assertThat(rig.standing(dialect.provider, KEY).state()).isEqualTo(State.ACTIVE);
    }
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  @DisplayName("F4, F13 a stream that is shorter than its told length never ends cleanly")
  void a_stream_shorter_than_told() {
    rig.patience = Patiences.idle(rig.patience, Duration.ofMillis(300));
    rig.keys("openai", "sk-a-key-for-a-short-stream");
    rig.script.play(Match.ALL, new Fault.WrongLength(10));
    assertThatThrownBy(() -> rig.post(Calls.CHAT, Calls.STREAM))
        .hasMessageContaining("fixed content-length");
  }

  @Test
  @DisplayName("P11 wherever a stream is cut: asked again before the first event only")
  void cuts_at_any_byte() throws IOException {
    rig.keys("openai", KEY);
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    var random = new Random(11);
    var repeats = 0;
    for (var round = 0; round < 40; round++) {
      rig.pass(Duration.ofSeconds(1)); // which earns the provider its repeats
      rig.sandbox.seen().forget();
      rig.script.play(Match.ALL, new Fault.Cuts(random.nextInt(1200), false), Fault.well());
      var answer = ask(Calls.CHAT, Calls.STREAM);
      var again = rig.sandbox.seen().count() == 2;
      repeats += again ? 1 : 0;
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.whole()).as(answer.text()).isEqualTo(again);
      assertThat(answer.text().contains("was cut off")).isNotEqualTo(again);
    }
    assertThat(repeats).isBetween(5, 35);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F4 another body that is cut is aborted")
  void a_cut_body(boolean reset) throws IOException {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, new Fault.Cuts(20_000, reset));
    var answer = ask(Calls.CHAT, LONG_ANSWER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).doesNotContain("was cut off");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("P1, F6 silence in mid-stream: as a cut, the upstream is called off, the key stays")
  void a_stall_in_mid_stream() throws Exception {
    rig.patience = Patiences.idle(rig.patience, Duration.ofMillis(300));
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.stallsAfter(600));
    var answer = ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).contains("fell silent");
    var ended = rig.sandbox.seen().last().ending().get(30, TimeUnit.SECONDS);
    assertThat(ended.how()).isEqualTo(Ending.LEFT);
    rig.untilIdle("openai");
    assertThat(rig.standing("openai", KEY).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("F7 a drip passes, however slow the whole is")
  void a_drip() throws IOException {
    rig.patience = Patiences.idle(rig.patience, Duration.ofMillis(400));
    rig.keys("openai", KEY);
    var quick = ask(Calls.CHAT, Calls.STREAM).body().length;
    rig.script.play(Match.ALL, new Fault.Drips(40, Duration.ofMillis(30)));
    var answer = ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isTrue();
    assertThat(answer.text()).endsWith("data: [DONE]\n\n");
    assertThat(answer.body().length).isCloseTo(quick, org.assertj.core.data.Offset.offset(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/mpeg", "application/json", "text/event-stream"})
  @DisplayName("F12 truncated gzip passes as it is, is aborted and not asked for again")
  void truncated_gzip(String type) throws IOException {
    rig.keys("openai", KEY, KEY + "2");
    var noise = new byte[40_000];
    new Random(12).nextBytes(noise);
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(noise);
    }
    var half = Arrays.copyOf(zipped.toByteArray(), 20_000);
    var head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: " + type;
    var server =
        upstream(line -> {
          line.hear();
          line.say(head + "\r\ncontent-length: " + zipped.size() + "\r\n\r\n").say(half);
        });
    var answer = ask(Calls.CHAT, Calls.HELLO);
    assertThat(answer.field("content-encoding")).isEqualTo("gzip");
    assertThat(answer.body()).isEqualTo(half);
    assertThat(answer.whole()).isFalse();
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("F13 a content-length too long: aborted, once the client has heard of it")
  void a_length_too_long() throws IOException {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, new Fault.WrongLength(10));
    var answer = ask(Calls.CHAT, LONG_ANSWER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.whole()).isFalse();
  }

  @Test
  @DisplayName(
      "F13 a content-length too short: so many bytes, and the connection is not used again")
  void a_length_too_short() throws IOException {
    rig.keys("openai", KEY);
    var server =
        upstream(
            line -> {
              line.hear();
              line.say(
                  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n"
                      + "{}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged");
              line.untilClosed();
            },
            line -> {
              line.hear();
              line.say("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntrue");
            });
    assertThat(ask(Calls.CHAT, Calls.HELLO).text()).isEqualTo("{}");
    assertThat(ask(Calls.CHAT, Calls.HELLO).text()).isEqualTo("true");
    assertThat(server.met()).isEqualTo(2);
  }

  @Test
  @DisplayName("the head of an answer does not wait for its body")
  void the_head_goes_at_once() throws IOException {
    rig.keys("openai", KEY);
    upstream(line -> {
      line.hear();
      line.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\n\r\n");
      line.untilClosed();
    });
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      assertThat(line.head().status()).isEqualTo(200);
    }
    rig.untilIdle("openai");
  }

  @Test
  @DisplayName("F40 a slow reader slows the upstream down; little lies between them")
  void a_slow_reader() throws IOException {
    rig.keys("openai", KEY);
    var pieces = 6000;
    var piece = "x".repeat(16 << 10).getBytes(UTF_8);
    var sent = new java.util.concurrent.atomic.AtomicLong();
    upstream(line -> {
      line.hear();
      line.say(
          "HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: "
              + (long) pieces * piece.length
              + "\r\n\r\n");
      for (var i = 0; i < pieces; i++) {
        line.say(piece);
        sent.addAndGet(piece.length);
      }
    });
    try (var line = Line.narrow(rig.port(), 64 << 10)) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      line.head();
      var read = 0L;
      var most = 0L;
      while (read < (long) pieces * piece.length) {
        read += line.read(8 << 10).length;
        most = Math.max(most, sent.get() - read);
      }
      // Nearly all of it is the kernel's: four socket buffers, which it sizes by itself.
      assertThat(most).isLessThan(24L << 20);
    }
  }

  private static void pass(Duration time) {
    var over = System.nanoTime() + time.toNanos();
    Rig.until(() -> System.nanoTime() > over);
  }

  /// How much the system takes before a client reads is its own affair, so every amount is tried.
  @RepeatedTest(30)
  @DisplayName("F40 an answer whose provider has gone is whole for a client that reads it later")
  void a_burst_before_the_end(RepetitionInfo repetition) throws Exception {
    rig.keys("openai", KEY);
    var before = 6 * repetition.getCurrentRepetition();
    var piece = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    var burst = "4\r\nabcd\r\n".repeat(1000);
    var over = new CompletableFuture<Void>();
    upstream(line -> {
      line.hear();
      line.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ntransfer-encoding: chunked\r\n\r\n");
      line.say(piece.repeat(before));
      pass(Duration.ofMillis(30));
      line.say(burst + "0\r\n\r\n");
      pass(Duration.ofMillis(30));
      line.end();
      over.complete(null);
    });
    try (var line = Line.narrow(rig.port(), 16 << 10)) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      over.get(30, TimeUnit.SECONDS);
      pass(Duration.ofMillis(30));
      var answer = line.hear();
      assertThat(answer.body()).hasSize(before * 0x8000 + 4000);
      assertThat(answer.whole()).isTrue();
    }
  }

  private BareServer upstream(BareServer.Manners... manners) {
    var server = new BareServer(manners);
    servers.add(server);
    rig.at("openai", server.url() + "/v1");
    return server;
  }

  private Message ask(String target, String body) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", target, body)).hear();
    }
  }
}
