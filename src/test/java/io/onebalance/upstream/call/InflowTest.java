package io.onebalance.upstream.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Origin;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.Reply;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.name.Resolver;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Frames;
import io.onebalance.wire.Line;
import io.onebalance.wire.Pem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that end while their reader wants nothing: it hears all of them, and then the end.
class InflowTest {
  private static final String PIECE = "abcd";
  private static final int PIECES = 60;
  private static final String ALL = PIECE.repeat(PIECES);
  private static final String CHUNKS = ("4\r\n" + PIECE + "\r\n").repeat(PIECES);
  private static final String CHUNKED = "transfer-encoding: chunked";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Context loop = vertx.getOrCreateContext();

  /// Complete when the server has said all and is gone.
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private record Heard(String text, boolean whole) {}

  /// How a server goes.
  enum End {
    FIN {
      @Override
      void of(Line line) throws IOException {
        line.end();
      }
    },
    RST {
      @Override
      void of(Line line) throws IOException {
        line.reset();
      }
    };

    abstract void of(Line line) throws IOException;
  }

  private static void pass(Duration time) {
    var over = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < over) {
      LockSupport.parkNanos(100_000);
    }
  }

  /// Says this, and goes once it was heard.
  private BareServer.Manners saying(String field, String body, End end) {
    return line -> {
      line.head();
      line.say("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n" + body);
      pass(Duration.ofMillis(50));
      end.of(line);
      pass(Duration.ofMillis(50));
      gone.complete(null);
    };
  }

  private LoopCaller caller(Optional<TrustOptions> trust) {
    var clock = InstantSource.system();
    var reach = new Reach(Duration.ofSeconds(30), trust, Resolver.ofTheMachine(), clock, 100);
    return new LoopCaller(vertx, new Wheel(vertx), reach);
  }

  /// What comes of the answer to a reader that wants one piece, and the rest when the server is
  /// gone.
  private Heard hear(Origin origin, Optional<TrustOptions> trust) throws Exception {
    var heard = new CompletableFuture<Heard>();
    loop.runOnContext(_ -> ask(caller(trust), origin, heard));
    return heard.get(30, TimeUnit.SECONDS);
  }

  private void ask(LoopCaller caller, Origin origin, CompletableFuture<Heard> heard) {
    caller
        .ask(question(origin), new Departure())
        .onComplete(reply -> listen(reply, heard), heard::completeExceptionally);
  }

  private Heard hear(BareServer server) throws Exception {
    return hear(new Origin(false, "127.0.0.1", server.port()), Optional.empty());
  }

  private static Question question(Origin origin) {
    return new Question(
        origin,
        HttpMethod.GET,
        "/",
        _ -> {},
        new Body.Kept(Buffer.buffer()),
        Duration.ofSeconds(30));
  }

  private void listen(Reply reply, CompletableFuture<Heard> heard) {
    if (!(reply instanceof Reply.Answered(var response))) {
      heard.completeExceptionally(new AssertionError(reply));
      return;
    }
    var text = Buffer.buffer();
    var inflow = Inflow.of(response);
    inflow.endHandler(_ -> heard.complete(new Heard(text.toString(), true)));
    inflow.exceptionHandler(_ -> heard.complete(new Heard(text.toString(), false)));
    inflow.handler(piece -> {
      if (text.length() == 0) {
        inflow.pause();
      }
      text.appendBuffer(piece);
    });
    inflow.resume();
    gone.thenRun(() -> loop.runOnContext(_ -> inflow.resume()));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F40 an answer that came whole is whole, though its server is gone since")
  void a_whole_answer(End end) throws Exception {
    try (var server = new BareServer(saying(CHUNKED, CHUNKS + "0\r\n\r\n", end))) {
      assertThat(hear(server)).isEqualTo(new Heard(ALL, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F4, F40 of an answer that is cut all is heard that came before, and that it is cut")
  void a_cut_answer(End end) throws Exception {
    try (var server = new BareServer(saying(CHUNKED, CHUNKS, end))) {
      assertThat(hear(server)).isEqualTo(new Heard(ALL, false));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200_000})
  @DisplayName("F40 an answer that ends with its connection is whole with that, and not before")
  void an_answer_without_a_length(int times) throws Exception {
    var all = PIECE.repeat(times);
    try (var server = new BareServer(saying("content-type: audio/mpeg", all, End.FIN))) {
      assertThat(hear(server)).isEqualTo(new Heard(all, true));
    }
  }

  @Test
  @DisplayName("an answer that came whole leaves its connection to others, also if nobody takes it")
  void an_answer_that_is_let_go() throws Exception {
    gone.complete(null);
    var heard = new CompletableFuture<Heard>();
    try (var server =
        new BareServer(line -> {
          while (true) {
            line.head();
            line.say("HTTP/1.1 200 OK\r\n" + CHUNKED + "\r\n\r\n" + CHUNKS + "0\r\n\r\n");
          }
        })) {
      var origin = new Origin(false, "127.0.0.1", server.port());
      loop.runOnContext(_ -> {
        var caller = caller(Optional.empty());
        caller
            .ask(question(origin), new Departure())
            .onSuccess(reply -> letGo(reply, () -> ask(caller, origin, heard)));
      });
      assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(new Heard(ALL, true));
      assertThat(server.met()).isEqualTo(1);
    }
  }

  /// Wants one piece, and lets go of the answer when all of it came.
  private static void letGo(Reply reply, Runnable then) {
    if (reply instanceof Reply.Answered(var response)) {
      var inflow = Inflow.of(response);
      inflow.handler(_ -> inflow.pause());
      inflow.resume();
      response
          .end()
          .onSuccess(_ -> {
            Cut.off(response);
            then.run();
          });
    }
  }

  @Test
  @DisplayName("F4, F40 of a stream of HTTP/2 that is reset all is heard that came before")
  void a_stream_that_is_reset(@TempDir Path folder) throws Exception {
    var pair = Pem.in(folder);
    var trust = new PemTrustOptions().addCertPath(pair.certificate().toString());
    try (var server =
        BareServer.overTls(
            pair.serving(),
            "h2",
            line -> {
              var frames = Frames.ofServer(line);
              var stream = frames.asked().stream();
              frames.head(stream);
              for (var i = 0; i < PIECES; i++) {
                frames.data(stream, PIECE, false);
              }
              pass(Duration.ofMillis(50));
              frames.reset(stream, Frames.ENHANCE_YOUR_CALM);
              pass(Duration.ofMillis(50));
              gone.complete(null);
              line.untilClosed();
            })) {
      var origin = new Origin(true, "127.0.0.1", server.port());
      assertThat(hear(origin, Optional.of(trust))).isEqualTo(new Heard(ALL, false));
    }
  }
}
