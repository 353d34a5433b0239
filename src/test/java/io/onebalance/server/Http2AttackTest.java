package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Frames;
import io.onebalance.wire.Line;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client does to us over HTTP/2 that no library would do. Each time it has a neighbour on
/// the same event loop, with a request that runs meanwhile.
class Http2AttackTest {
  private static final int MANY = 20_000;
  private static final int STREAMS = 100;
  private static final int PIECE = 16 << 10;
  private static final String WAITING = "/waiting";
  private static final int PRIORITY = 2;
  private static final int CANCEL = 8;

  private final House house = new House();
  private final BlockingQueue<HttpServerRequest> waiting = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() {
    house.http2InTheClear = true;
    house.relay =
        Optional.of(request -> {
          if (WAITING.equals(request.path())) {
            waiting.add(request.pause());
          } else {
            request.response().end("an answer");
          }
        });
    house.open();
  }

  @AfterEach
  void close() {
    house.close();
  }

  /// What a client may say for ever, if it is let.
  private interface Flood {
    void wave(Frames frames, int stream) throws IOException;
  }

  /// A flood and its name.
  record Attack(String name, Flood flood) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack(
            "rapid reset", (frames, stream) -> frames.get(stream, WAITING).reset(stream, CANCEL)),
        new Attack(
            "made you reset, by a window that grows by nothing",
            (frames, stream) -> windowBy(0, frames.get(stream, WAITING), stream)),
        new Attack(
            "made you reset, by a window that grows too large",
            (frames, stream) -> windowBy(Integer.MAX_VALUE, frames.get(stream, WAITING), stream)),
        new Attack(
            "made you reset, by a stream that depends on itself",
            (frames, stream) ->
                frames.get(stream, WAITING).say(PRIORITY, 0, stream, Frames.headers(0, "x", ""))),
        new Attack(
            "made you reset, by data after the end",
            (frames, stream) -> frames.get(stream, WAITING).data(stream, "more", true)),
        new Attack(
            "made you reset, by a second head after the end",
            (frames, stream) -> frames.get(stream, WAITING).get(stream, WAITING)),
        new Attack("a flood of PING", (frames, _) -> frames.say(Frames.PING, 0, 0, new byte[8])),
        new Attack(
            "a flood of SETTINGS", (frames, _) -> frames.say(Frames.SETTINGS, 0, 0, new byte[0])),
        new Attack(
            "a flood of empty DATA",
            (frames, stream) -> {
              if (stream == 1) {
                frames.post(1, WAITING);
              }
              frames.data(1, "", false);
            }),
        new Attack("CONTINUATION without a byte", (frames, stream) -> on(frames, stream, 0)),
        new Attack("CONTINUATION of some bytes", (frames, stream) -> on(frames, stream, 8)),
        new Attack("CONTINUATION of 16 KiB", (frames, stream) -> on(frames, stream, PIECE - 6)),
        new Attack(
            "more than the connection's window",
            (frames, stream) -> {
              frames.post(stream, WAITING);
              for (var i = 0; i < 3; i++) {
                frames.say(Frames.DATA, 0, stream, new byte[PIECE]);
              }
            }));
  }

  private static void windowBy(int step, Frames frames, int stream) throws IOException {
    frames.say(Frames.WINDOW_UPDATE, 0, stream, Frames.number(step));
  }

  /// A head that goes on and on, in frames with so many bytes of a value each.
  private static void on(Frames frames, int stream, int bytes) throws IOException {
    if (stream == 1) {
      frames.say(Frames.HEADERS, 0, 1, Frames.getting("/"));
    }
    var piece = bytes == 0 ? new byte[0] : Frames.block("x", "y".repeat(bytes));
    frames.say(Frames.CONTINUATION, 0, 1, piece);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  @DisplayName("F52, P3, P4, P6 an attack ends its own connection; a neighbour is unharmed")
  void attacks_harm_themselves_only(Attack attack) throws Exception {
    try (var quiet = house.line();
        var line = house.line()) {
      var neighbour = Frames.ofClient(quiet).get(1, WAITING);
      var running = waiting();
      assertThat(waves(attack.flood, Frames.ofClient(line))).isLessThan(MANY);
      line.untilClosed();
      neighbour.get(3, "/");
      assertThat(neighbour.status(3)).isEqualTo("200");
      running.response().end("at last");
      assertThat(neighbour.status(1)).isEqualTo("200");
      assertThat(waiting).hasSizeLessThan(1000);
    }
  }

  /// How many waves were heard, as far as one can tell who says them.
  private static int waves(Flood flood, Frames frames) {
    for (var i = 0; i < MANY; i++) {
      try {
        flood.wave(frames, 2 * i + 1);
      } catch (IOException closed) {
        return i;
      }
    }
    return MANY;
  }

  @Test
  @DisplayName("F52, P6 the 101st stream is refused; the hundred before it are answered")
  void one_stream_too_many() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      for (var i = 0; i <= STREAMS; i++) {
        frames.get(2 * i + 1, WAITING);
      }
      var refused = frames.frame(Frames.RST_STREAM);
      assertThat(refused.stream()).isEqualTo(2 * STREAMS + 1);
      assertThat(refused.number()).isEqualTo(Frames.REFUSED_STREAM);
      for (var i = 0; i < STREAMS; i++) {
        waiting().response().end("at last");
      }
      assertThat(frames.status(2 * STREAMS - 1)).isEqualTo("200");
      frames.get(2 * STREAMS + 3, "/");
      assertThat(frames.status(2 * STREAMS + 3)).isEqualTo("200");
      assertThat(waiting).isEmpty();
    }
  }

  @Test
  @DisplayName("F52, P6 a stream's window is 64 KiB: one byte more ends the stream")
  void more_than_a_streams_window() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line).post(1, WAITING);
      for (var i = 0; i < 4; i++) {
        frames.say(Frames.DATA, 0, 1, new byte[PIECE]);
      }
      frames.get(3, "/");
      assertThat(frames.status(3)).isEqualTo("200");
      frames.say(Frames.DATA, 0, 1, new byte[1]);
      var reset = frames.frame(Frames.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(reset.number()).isEqualTo(Frames.FLOW_CONTROL_ERROR);
      frames.get(5, "/");
      assertThat(frames.status(5)).isEqualTo("200");
    }
  }

  @Test
  @DisplayName("F52, P6 the connection's window is 1 MiB: one byte more ends the connection")
  void more_than_the_connections_window() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      for (var i = 0; i < 16; i++) {
        frames.post(2 * i + 1, WAITING);
        for (var j = 0; j < 4; j++) {
          frames.say(Frames.DATA, 0, 2 * i + 1, new byte[PIECE]);
        }
      }
      frames.get(33, "/");
      assertThat(frames.status(33)).isEqualTo("200");
      frames.post(35, WAITING).say(Frames.DATA, 0, 35, new byte[1]);
      assertThat(frames.frame(Frames.GOAWAY).reason()).isEqualTo(Frames.FLOW_CONTROL_ERROR);
      line.untilClosed();
    }
  }

  @Test
  @DisplayName("F52, P4 a small block that unpacks to megabytes is refused")
  void a_block_that_unpacks_to_megabytes() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      var kept = Frames.block("x", "y".repeat(3000));
      kept[0] = 0x40; // keep it in the table, as its entry 62
      var bomb = new byte[8000];
      Arrays.fill(bomb, (byte) 0xbe); // entry 62, again and again
      frames.say(Frames.HEADERS, 0, 1, Frames.getting("/"));
      frames.say(Frames.CONTINUATION, 0, 1, kept);
      frames.say(Frames.CONTINUATION, Frames.END_HEADERS, 1, bomb);
      assertRefused(line, frames);
    }
  }

  private static void assertRefused(Line line, Frames frames) throws IOException {
    assertThat(frames.frame(Frames.GOAWAY).reason()).isNotZero();
    line.untilClosed();
  }

  private HttpServerRequest waiting() throws InterruptedException {
    return Optional.ofNullable(waiting.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }
}
