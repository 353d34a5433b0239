package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.Frames;
import io.onebalance.wire.Message;
import io.onebalance.wire.Pem;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

/// What an upstream does wrong over HTTP/2, in frames that no library would send.
class Http2FaultsTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final String IMAGES = "/api/openai/v1/images/generations";
  private static final String IMAGE = "{\"model\":\"gpt-image-1\"}";
  private static final AtomicReference<Pem> PAIR = new AtomicReference<>();

  private final Rig rig = new Rig();
  private final List<BareServer> servers = new ArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    PAIR.set(Pem.in(folder));
  }

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  private BareServer upstream(BareServer.Manners... manners) throws Exception {
    var server = BareServer.overTls(PAIR.get().serving(), "h2", manners);
    servers.add(server);
    rig.trust = Optional.of(new PemTrustOptions().addCertPath(PAIR.get().certificate().toString()));
    rig.at("openai", "https://localhost:" + server.port() + "/v1");
    return server;
  }

  private int asked(Frames frames) throws IOException {
    var asked = frames.asked();
    keys.add(asked.fields().getOrDefault("authorization", ""));
    return asked.stream();
  }

  private void answersAll(Frames frames) throws IOException {
    while (true) {
      frames.answer(asked(frames), "{}");
    }
  }

  private Message ask(String target, String body) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", target, body)).hear();
    }
  }

  private void assertNobodyIsBlamed() {
    rig.untilIdle("openai");
    for (var key : List.of(A, B)) {
      assertThat(rig.standing("openai", key).health().consecutiveFailures()).as(key).isZero();
    }
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F31 REFUSED_STREAM: asked again with the same key, nobody is blamed")
  void a_refused_stream() throws Exception {
    rig.keys("openai", A, B);
    upstream(line -> {
      var frames = Frames.ofServer(line);
      frames.reset(asked(frames), Frames.REFUSED_STREAM);
      answersAll(frames);
    });
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0)).isEqualTo(keys.get(1));
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F31 GOAWAY that excludes the stream: asked again on another connection, same key")
  void a_goodbye_that_excludes_the_stream() throws Exception {
    rig.keys("openai", A, B);
    var server =
        upstream(
            line -> {
              var frames = Frames.ofServer(line);
              asked(frames);
              frames.goodbye(0);
              line.untilClosed();
            },
            line -> answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(server.met()).isEqualTo(2);
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0)).isEqualTo(keys.get(1));
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName(
      "F31 GOAWAY that includes the stream: the answer still comes, the next ask elsewhere")
  void a_goodbye_that_includes_the_stream() throws Exception {
    rig.keys("openai", A, B);
    var server =
        upstream(
            line -> {
              var frames = Frames.ofServer(line);
              var stream = asked(frames);
              frames.goodbye(stream).answer(stream, "{\"late\":true}");
              line.untilClosed();
            },
            line -> answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).body()).isEqualTo("{\"late\":true}");
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(server.met()).isEqualTo(2);
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F31 refused for ever: a clear error after one more try, no key to blame")
  void always_refused() throws Exception {
    rig.keys("openai", A, B);
    upstream(line -> {
      var frames = Frames.ofServer(line);
      while (true) {
        frames.reset(asked(frames), Frames.REFUSED_STREAM);
      }
    });
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
    assertThat(keys).hasSize(2);
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F32 one stream a connection: further requests take further connections")
  void one_stream_a_connection() throws Exception {
    rig.keys("openai", A, B);
    var together = new CountDownLatch(8);
    var server =
        upstream(line -> {
          var frames = Frames.ofServer(line, Frames.MAX_CONCURRENT_STREAMS, 1);
          while (true) {
            var stream = asked(frames);
            together.countDown();
            await(together);
            frames.answer(stream, "{}");
          }
        });
    var answers = IntStream.range(0, 8).mapToObj(_ -> askLater()).toList();
    for (var answer : answers) {
      assertThat(answer.join().statusCode()).isEqualTo(200);
    }
    assertThat(server.met()).isEqualTo(8);
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName(
      "F32 no connection left: waited for within the deadline; what has no room is told so")
  void a_full_queue() throws Exception {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMinutes(2));
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMinutes(2));
    rig.most = 400;
    rig.keys("openai", A, B);
    var gate = new CountDownLatch(1);
    upstream(line -> {
      var frames = Frames.ofServer(line, Frames.MAX_CONCURRENT_STREAMS, 1);
      while (true) {
        var stream = asked(frames);
        await(gate);
        frames.answer(stream, "{}");
      }
    });
    var places = 4 + rig.most; // connections, and the queue before them
    var more = 40;
    var told = new CountDownLatch(more);
    var answers =
        IntStream.range(0, places + more)
            .mapToObj(_ -> askLater())
            .peek(answer -> answer.thenRun(told::countDown))
            .toList();
    await(told);
    gate.countDown();
    var refused =
        answers.stream().map(CompletableFuture::join).filter(it -> it.statusCode() != 200).toList();
    assertThat(refused).hasSizeGreaterThanOrEqualTo(more);
    assertThat(refused)
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains("\"overloaded\"", "busy");
          assertThat(answer.headers().firstValue("retry-after")).contains("1");
        });
    assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F6 a connection that went dumb is asked once: the next question gets a fresh one")
  void a_dumb_connection() throws Exception {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofSeconds(2));
    rig.keys("openai", A, B);
    var server =
        upstream(
            line -> {
              var frames = Frames.ofServer(line);
              frames.answer(asked(frames), "{}");
              asked(frames);
              line.untilClosed();
            },
            line -> answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(504);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(keys).hasSize(3);
    assertThat(server.met()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {Frames.SETTINGS, Frames.PING})
  @DisplayName("F33 a flood of SETTINGS or PING: the connection is closed, the next one serves")
  void a_flood_of_courtesies(int type) throws Exception {
    rig.keys("openai", A, B);
    var payload = new byte[type == Frames.PING ? 8 : 0];
    var closed = new CompletableFuture<Integer>();
    var server =
        upstream(
            line -> {
              var frames = Frames.ofServer(line);
              asked(frames);
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
            line -> answersAll(Frames.ofServer(line)));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(1_000_000);
    assertThat(server.met()).isEqualTo(2);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F33 a flood of empty DATA: the connection is closed, the answer never ends cleanly")
  void a_flood_of_empty_data() throws Exception {
    rig.keys("openai", A, B);
    var closed = new CompletableFuture<Integer>();
    upstream(line -> {
      var frames = Frames.ofServer(line);
      var stream = asked(frames);
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
    var answer = ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).startsWith("data: {\"id\":1}\n\n").contains("was cut off");
    assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(1_000_000);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F4 a stream that is reset or whose connection ends: an error event, never clean")
  void a_cut_stream(boolean reset) throws Exception {
    rig.keys("openai", A, B);
    upstream(line -> {
      var frames = Frames.ofServer(line);
      var stream = asked(frames);
      frames.head(stream, "content-type", "text/event-stream");
      frames.data(stream, "data: {\"id\":1}\n\n", false);
      if (reset) {
        frames.reset(stream, 2);
        answersAll(frames);
      }
    });
    var answer = ask(Calls.CHAT, Calls.STREAM);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.text()).contains("data: {\"error\":").endsWith("\n\n");
    assertThat(keys).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\"", "{\"a\":1}, and more than was told"})
  @DisplayName("F13 a content-length that the frames don't keep is no whole answer")
  void a_wrong_length(String body) throws Exception {
    rig.keys("openai", A, B);
    upstream(line -> {
      var frames = Frames.ofServer(line);
      while (true) {
        var stream = asked(frames);
        frames.head(stream, "content-type", "audio/mpeg", "content-length", "9");
        frames.data(stream, body, true);
      }
    });
    var answer = ask(Calls.CHAT, Calls.HELLO);
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
    rig.keys("openai", A, B);
    upstream(line -> {
      var frames = Frames.ofServer(line);
      var stream = asked(frames);
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

  @Test
  @DisplayName("F34 an idle connection that was closed is no trouble for the next request")
  void a_connection_that_was_closed_while_idle() throws Exception {
    rig.keys("openai", A, B);
    var server =
        upstream(line -> {
          var frames = Frames.ofServer(line);
          frames.answer(asked(frames), "{}");
        });
    for (var i = 0; i < 5; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(server.met()).isEqualTo(5);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  private CompletableFuture<HttpResponse<String>> askLater() {
    var request =
        rig.request(Calls.CHAT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Calls.HELLO))
            .build();
    return rig.http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
