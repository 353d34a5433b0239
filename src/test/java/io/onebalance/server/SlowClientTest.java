package io.onebalance.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.server.watch.Patience;
import io.onebalance.wire.Line;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that keep their connection and say or take too little.
class SlowClientTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /// Settings that ask for nothing, and a HEADERS frame that another would have to continue.
  private static final String HALF_A_HEAD = "\0\0\0\4\0\0\0\0\0" + "\0\0\1\1\1\0\0\0\1" + "\u0082";

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nhost: x\r\n", "GET / HTTP/1.1\r\nh"})
  @DisplayName("F41, P1 a head that does not come: 408, and the connection ends")
  void slow_heads(String begun) throws IOException {
    open(new Patience(SHORT, LONG, LONG, LONG));
    try (var line = house.line()) {
      line.say(begun);
      assertThat(line.hear().status()).isEqualTo(408);
      assertThat(line.untilClosed()).isZero();
    }
  }

  @Test
  @DisplayName("F41, P1 a head that drips gains no time")
  void dripping_heads() throws IOException {
    open(new Patience(SHORT, LONG, LONG, LONG));
    try (var line = house.line()) {
      assertThat(line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n").hear().status()).isEqualTo(200);
      var head = "GET / HTTP/1.1\r\nhost: x\r\nx: " + "y".repeat(60_000);
      assertThat(drip(line, head)).isLessThan(head.length());
      assertThat(new String(line.rest(), UTF_8)).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  @DisplayName("F41 a connection without a request is closed, without a word")
  void idle_connections() throws IOException {
    open(new Patience(LONG, SHORT, LONG, LONG));
    try (var line = house.line()) {
      assertThat(line.untilClosed()).isZero();
    }
    try (var line = house.line()) {
      assertThat(line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n").hear().status()).isEqualTo(200);
      assertThat(line.untilClosed()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "GET / HTTP/1.1\r\nhost: x\r\n",
        "PRI * HTT",
        PREFACE,
        PREFACE + HALF_A_HEAD
      })
  @DisplayName("F41 with HTTP/2 in the clear a first head that does not come ends the connection")
  void slow_first_heads(String begun) throws IOException {
    house.http2InTheClear = true;
    open(new Patience(LONG, SHORT, LONG, LONG));
    try (var line = house.line()) {
      line.say(begun).untilClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nx: ", "GET / HTTP/1.1\r\nhost: x\r\nx: "})
  @DisplayName("F41 with HTTP/2 in the clear a first head that drips gains no time")
  void dripping_first_heads(String begun) throws IOException {
    house.http2InTheClear = true;
    open(new Patience(LONG, SHORT, LONG, LONG));
    try (var line = house.line()) {
      drip(line, begun + "y".repeat(60_000));
      assertThat(line.untilClosed()).isZero();
    }
  }

  @Test
  @DisplayName("F41 a visit's body that does not come: 408, and the connection ends")
  void slow_visits() throws IOException {
    house.desk = Optional.of(House.desk(_ -> House.text("an answer")));
    open(new Patience(LONG, LONG, SHORT, LONG));
    try (var line = house.line()) {
      line.say("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nsome");
      assertThat(line.hear().status()).isEqualTo(408);
    }
    try (var line = house.line()) {
      line.say("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nsome");
      assertThat(line.hear().text()).isEqualTo("an answer");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F41 a long answer is no idling")
  void long_answers(boolean http2InTheClear) throws Exception {
    house.http2InTheClear = http2InTheClear;
    var asked = new CompletableFuture<Runnable>();
    house.relay =
        Optional.of(
            request -> asked.complete(House.onItsLoop(() -> request.response().end("at last"))));
    house.patience = new Patience(Duration.ofMillis(100), Duration.ofMillis(100), LONG, LONG);
    house.open();
    try (var other = house.line();
        var line = house.line()) {
      line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
      var answering = asked.get(30, TimeUnit.SECONDS);
      assertThat(other.untilClosed()).isZero();
      answering.run();
      assertThat(line.hear().text()).isEqualTo("at last");
    }
  }

  @Test
  @DisplayName("F39 a half-close looks like leaving (F37): what was answered before is heard whole")
  void half_closed() throws Exception {
    open(new Patience(LONG, LONG, LONG, LONG));
    try (var line = house.line()) {
      line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10)).endSaying();
      for (var i = 0; i < 10; i++) {
        assertThat(line.hear().text()).isEqualTo("an answer");
      }
      assertThat(line.untilClosed()).isZero();
    }
  }

  @Test
  @DisplayName("F40 whoever takes nothing of an answer is let go")
  void takes_nothing() throws Exception {
    var gone = new CompletableFuture<Void>();
    house.relay =
        Optional.of(request -> {
          request.connection().closeHandler(_ -> gone.complete(null));
          request.response().end(Buffer.buffer(new byte[32 << 20]));
        });
    house.patience = new Patience(LONG, LONG, LONG, SHORT);
    house.open();
    try (var line = Line.narrow(house.port(), 4096)) {
      line.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
      gone.get(30, TimeUnit.SECONDS);
      assertThat(line.untilClosed()).isLessThan(32 << 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n{}\r\n", "-2\r\n", "2 x\r\n{}", "fffffffffffffffff\r\n"})
  @DisplayName("F44 chunks that are none: 400, and the connection ends")
  void broken_chunks(String chunks) throws IOException {
    house.relay = Optional.of(request -> request.handler(_ -> {}));
    house.open();
    try (var line = house.line()) {
      line.say("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + chunks);
      assertThat(line.hear().status()).isEqualTo(400);
      assertThat(line.untilClosed()).isZero();
    }
  }

  private void open(Patience patience) {
    house.relay = Optional.of(request -> request.response().end("an answer"));
    house.patience = patience;
    house.open();
  }

  /// Says one byte after the other, and between two lets the server answer somebody else. Tells how
  /// many it could say.
  private int drip(Line line, String text) throws IOException {
    try (var other = house.line()) {
      for (var i = 0; i < text.length(); i++) {
        try {
          line.say(text.substring(i, i + 1));
        } catch (IOException cut) {
          return i;
        }
        other.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      }
    }
    return text.length();
  }
}
