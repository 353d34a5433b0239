package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Frames;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client does to us over HTTP/2 that no library would do. Each time it has a neighbour on
/// the same event loop, with a request that runs meanwhile.
class Http2AttackTest {
  private static final int MANY = 20_000;

  /// How many streams of one connection may be reset; the next one ends it.
  private static final int RESETS = 200;

  private static final int STREAMS = 100;
  private static final int PIECE = 16 << 10;
  private static final String WAITING = "/waiting";
  private static final int PRIORITY = 2;
  private static final int CANCEL = 8;

  private final House house = new House();
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

  /// A request that is not answered yet, and where it may be.
  record Waiting(HttpServerRequest request, Context context) {
    static Waiting of(HttpServerRequest request) {
      return new Waiting(request.pause(), Objects.requireNonNull(Vertx.currentContext()));
    }

    void answer() {
      context.runOnContext(_ -> request.response().end("at last"));
    }
  }

  @BeforeEach
  void open() {
    house.http2InTheClear = true;
    house.relay =
        Optional.of(request -> {
          if (WAITING.equals(request.path())) {
            waiting.add(Waiting.of(request));
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
                frames.get(stream, WAITING).say(PRIORITY, 0, stream, dependent(stream))),
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

  /// What makes a stream depend on this one, with the least weight.
  private static byte[] dependent(int stream) {
    return ByteBuffer.allocate(5).putInt(stream).array();
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
      say(attack.flood, Frames.ofClient(line));
      line.untilClosed();
      neighbour.get(3, "/");
      assertThat(neighbour.status(3)).isEqualTo("200");
      running.answer();
      assertThat(neighbour.status(1)).isEqualTo("200");
      assertThat(waiting.size()).isLessThanOrEqualTo(RESETS + 1 + STREAMS);
    }
  }

  /// Wave after wave; the end of the connection may come at any of them, or be heard only after
  /// them.
  private static void say(Flood flood, Frames frames) {
    try {
      for (var i = 0; i < MANY; i++) {
        flood.wave(frames, 2 * i + 1);
      }
    } catch (IOException closed) {
      // which is what the test waits for
    }
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
        waiting().answer();
      }
      for (var i = 0; i < STREAMS; i++) {
        assertThat(frames.anyStatus()).isEqualTo("200");
      }
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

  /// Netty answers the first byte too many by ending its stream alone: it tries to give back what
  /// it did not take. The byte is not kept, and the next one ends the connection.
  @Test
  @DisplayName("F52, P6 the connection's window is 1 MiB: what comes on top ends the connection")
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
      assertThat(frames.frame(Frames.RST_STREAM).stream()).isEqualTo(35);
      frames.say(Frames.DATA, 0, 35, new byte[1]);
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
      frames.say(Frames.HEADERS, Frames.END_STREAM, 1, Frames.getting(WAITING));
      frames.say(Frames.CONTINUATION, 0, 1, kept);
      frames.say(Frames.CONTINUATION, Frames.END_HEADERS, 1, bomb);
      assertStatus(frames, "431");
    }
  }

  @ParameterizedTest
  @CsvSource({"60000, 200", "66000, 431"})
  @DisplayName("F52, P4 64 KiB of fields are read, more are refused")
  void fields_of_so_many_bytes(int bytes, String status) throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      var quarter = Frames.block("x", "y".repeat(bytes / 5));
      frames.say(Frames.HEADERS, Frames.END_STREAM, 1, Frames.getting("/"));
      for (var i = 1; i <= 5; i++) {
        frames.say(Frames.CONTINUATION, i == 5 ? Frames.END_HEADERS : 0, 1, quarter);
      }
      assertStatus(frames, status);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 200", "101, 431"})
  @DisplayName("F52, P4 a hundred fields are read, more are refused; crumbs of a cookie count")
  void so_many_crumbs(int crumbs, String status) throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      var fields = new String[2 * crumbs];
      for (var i = 0; i < crumbs; i++) {
        fields[2 * i] = "cookie";
        fields[2 * i + 1] = "a" + i + "=b";
      }
      var both = Frames.END_HEADERS | Frames.END_STREAM;
      frames.say(Frames.HEADERS, both, 1, Frames.getting("/", fields));
      assertStatus(frames, status);
    }
  }

  @Test
  @DisplayName("F52, P4 a head in eight CONTINUATION frames is read")
  void eight_continuations() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      continued(frames, 8);
      assertThat(frames.status(1)).isEqualTo("200");
    }
  }

  @Test
  @DisplayName("F52, P4 a head in more CONTINUATION frames ends the connection")
  void more_continuations() throws Exception {
    try (var line = house.line()) {
      var frames = Frames.ofClient(line);
      continued(frames, 9);
      assertThat(frames.frame(Frames.GOAWAY).reason()).isEqualTo(Frames.ENHANCE_YOUR_CALM);
      line.untilClosed();
    }
  }

  private static void continued(Frames frames, int times) throws IOException {
    frames.say(Frames.HEADERS, Frames.END_STREAM, 1, Frames.getting("/"));
    for (var i = 1; i <= times; i++) {
      var piece = Frames.block("x" + i, "y");
      frames.say(Frames.CONTINUATION, i == times ? Frames.END_HEADERS : 0, 1, piece);
    }
  }

  private static void assertStatus(Frames frames, String status) throws IOException {
    assertThat(frames.status(1)).isEqualTo(status);
  }

  private Waiting waiting() throws InterruptedException {
    return Optional.ofNullable(waiting.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }
}
