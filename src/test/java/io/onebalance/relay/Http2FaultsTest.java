package io.onebalance.relay;

import static io.onebalance.relay.Http2Upstream.IMAGE;
import static io.onebalance.relay.Http2Upstream.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Frames;
import io.onebalance.wire.Pem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an upstream does wrong with the streams and connections of HTTP/2.
class Http2FaultsTest {
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

  @Test
  @DisplayName("F31 REFUSED_STREAM: asked again with the same key, nobody is blamed")
  void a_refused_stream() throws Exception {
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      frames.reset(upstream.asked(frames), Frames.REFUSED_STREAM);
      upstream.answersAll(frames);
    });
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(upstream.keys).hasSize(2);
    assertThat(upstream.keys.get(0)).isEqualTo(upstream.keys.get(1));
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F31 GOAWAY that excludes the stream: asked again on another connection, same key")
  void a_goodbye_that_excludes_the_stream() throws Exception {
    var server =
        upstream.plays(
            line -> {
              var frames = Frames.ofServer(line);
              upstream.asked(frames);
              frames.goodbye(0);
              line.untilClosed();
            },
            line -> upstream.answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(server.met()).isEqualTo(2);
    assertThat(upstream.keys).hasSize(2);
    assertThat(upstream.keys.get(0)).isEqualTo(upstream.keys.get(1));
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName(
      "F31 GOAWAY that includes the stream: the answer still comes, the next ask elsewhere")
  void a_goodbye_that_includes_the_stream() throws Exception {
    var server =
        upstream.plays(
            line -> {
              var frames = Frames.ofServer(line);
              var stream = upstream.asked(frames);
              frames.goodbye(stream).answer(stream, "{\"late\":true}");
              line.untilClosed();
            },
            line -> upstream.answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).body()).isEqualTo("{\"late\":true}");
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(server.met()).isEqualTo(2);
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F31 refused for ever: a clear error after one more try, no key to blame")
  void always_refused() throws Exception {
    upstream.plays(line -> {
      var frames = Frames.ofServer(line);
      while (true) {
        frames.reset(upstream.asked(frames), Frames.REFUSED_STREAM);
      }
    });
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
    assertThat(upstream.keys).hasSize(2);
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F32 one stream a connection: further requests take further connections")
  void one_stream_a_connection() throws Exception {
    var together = new CountDownLatch(8);
    var server =
        upstream.plays(line -> {
          var frames = Frames.ofServer(line, Frames.MAX_CONCURRENT_STREAMS, 1);
          while (true) {
            var stream = upstream.asked(frames);
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
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName(
      "F32 no connection left: waited for within the deadline; what has no room is told so")
  void a_full_queue() throws Exception {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMinutes(2));
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMinutes(2));
    rig.most = 400;
    var gate = new CountDownLatch(1);
    upstream.plays(line -> {
      var frames = Frames.ofServer(line, Frames.MAX_CONCURRENT_STREAMS, 1);
      while (true) {
        var stream = upstream.asked(frames);
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
    upstream.assertNobodyIsBlamed();
  }

  @Test
  @DisplayName("F6 a connection that went dumb is asked once: the next question gets a fresh one")
  void a_dumb_connection() throws Exception {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofSeconds(2));
    var server =
        upstream.plays(
            line -> {
              var frames = Frames.ofServer(line);
              frames.answer(upstream.asked(frames), "{}");
              upstream.asked(frames);
              line.untilClosed();
            },
            line -> upstream.answersAll(Frames.ofServer(line)));
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(504);
    assertThat(rig.post(IMAGES, IMAGE).statusCode()).isEqualTo(200);
    assertThat(upstream.keys).hasSize(3);
    assertThat(server.met()).isEqualTo(2);
  }

  @Test
  @DisplayName("F34 an idle connection that was closed is no trouble for the next request")
  void a_connection_that_was_closed_while_idle() throws Exception {
    var server =
        upstream.plays(line -> {
          var frames = Frames.ofServer(line);
          frames.answer(upstream.asked(frames), "{}");
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
