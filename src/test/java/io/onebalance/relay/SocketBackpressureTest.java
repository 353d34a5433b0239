package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.relay.exchange.rules.SocketLimits;
import io.onebalance.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// WebSockets of which one side reads slowly.
class SocketBackpressureTest {
  private static final int FRAME = 32 << 10;
  private static final int FRAMES = 2_000;

  /// Frames that are taken in at once, with the end behind them.
  private static final int BURST = 14;

  /// Frames that lie ready before: so many at most, in such steps.
  private static final int MOST = 180;

  private static final int STEP = 6;

  private static final Duration LONG = Duration.ofMinutes(10);

  private static final byte[] PING = {(byte) 0x89, 0};
  private static final byte[] MASKED_PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

  private final SocketRig sockets = new SocketRig();

  @AfterEach
  void close() {
    sockets.close();
  }

  private static byte[] frame() {
    var frame = new byte[4 + FRAME];
    frame[0] = (byte) 0x82;
    frame[1] = 126;
    frame[2] = (byte) (FRAME >> 8);
    frame[3] = (byte) FRAME;
    return frame;
  }

  @Test
  @DisplayName(
      "F40 a slow client holds its provider back, and misses nothing of what was sent before the"
          + " end")
  void a_slow_client() throws Exception {
    var sent = new AtomicLong();
    sockets.openai(line -> {
      sockets.accept(line);
      for (var i = 0; i < FRAMES; i++) {
        line.say(frame());
        sent.addAndGet(FRAME + 4);
      }
      line.say(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    });
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      line.read(1);
      Rig.until(() -> sent.get() > 0);
      assertThat(sent.get()).isLessThan((long) FRAMES * FRAME);
      var rest = line.rest();
      assertThat(rest.length).isEqualTo(FRAMES * (FRAME + 4) + 4 - 1);
    }
    sockets.rig.untilIdle("openai");
  }

  /// How much the system takes before a client reads is its own affair, so every amount is tried.
  @RepeatedTest(MOST / STEP)
  @DisplayName("F40 what a provider said right before it went reaches a client that reads later")
  void a_burst_before_the_end(RepetitionInfo repetition) throws Exception {
    var before = repetition.getCurrentRepetition() * STEP;
    var over = new CompletableFuture<Void>();
    sockets.openai(line -> {
      sockets.accept(line);
      line.say(frames(before));
      pass(Duration.ofMillis(30));
      line.say(frames(BURST));
      line.end();
      over.complete(null);
    });
    try (var line = sockets.shakeNarrow(16 << 10)) {
      assertThat(line.head().status()).isEqualTo(101);
      over.get(30, TimeUnit.SECONDS);
      pass(Duration.ofMillis(30));
      var all = (before + BURST) * (FRAME + 4);
      assertThat(line.read(all)).hasSize(all);
    }
    sockets.rig.untilIdle("openai");
  }

  private static void pass(Duration time) {
    var over = System.nanoTime() + time.toNanos();
    Rig.until(() -> System.nanoTime() > over);
  }

  private static byte[] frames(int count) {
    var frames = new ByteArrayOutputStream();
    for (var i = 0; i < count; i++) {
      frames.writeBytes(frame());
    }
    return frames.toByteArray();
  }

  @Test
  @DisplayName("F40 a provider that does not read holds its client back, and misses nothing then")
  void a_slow_provider() throws Exception {
    var readsNow = new CompletableFuture<Void>();
    var read = new AtomicLong();
    sockets.openai(line -> {
      sockets.accept(line);
      readsNow.join();
      for (var piece = line.some(); piece.length > 0; piece = line.some()) {
        read.addAndGet(piece.length);
      }
    });
    var sent = new AtomicLong();
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      var saying = CompletableFuture.runAsync(() -> say(line, sent));
      assertThat(stuckAt(sent)).isLessThan((long) FRAMES * FRAME / 2);
      readsNow.complete(null);
      saying.get(30, TimeUnit.SECONDS);
      Rig.until(() -> read.get() >= sent.get());
    }
    sockets.rig.untilIdle("openai");
  }

  private void taking(Duration taking) {
    var rig = sockets.rig;
    rig.patience = Patiences.client(rig.patience, new ClientLimits(LONG, taking));
    rig.sockets = new SocketLimits(LONG, 1 << 20);
  }

  /// Says frames until nobody hears them any more.
  private void sayFrames(Line line, AtomicLong sent) throws IOException {
    sockets.accept(line);
    while (true) {
      line.say(frame());
      sent.addAndGet(FRAME + 4);
    }
  }

  /// Whether the connection is gone: it is written to, never read.
  private static boolean isGone(Line line, byte... said) {
    try {
      line.say(said);
      return false;
    } catch (IOException gone) {
      return true;
    }
  }

  @Test
  @DisplayName("F40 a client that takes nothing for too long is cut off, what lies ready with it")
  void a_client_that_takes_nothing() throws Exception {
    taking(Duration.ofMillis(500));
    sockets.openai(line -> sayFrames(line, new AtomicLong()));
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      Rig.until(() -> isGone(line, MASKED_PING));
    }
    sockets.rig.untilIdle("openai");
  }

  @Test
  @DisplayName("F40 a client that takes nothing is cut off as well when its provider has gone")
  void a_client_that_takes_no_farewell() throws Exception {
    taking(Duration.ofMillis(1500));
    var sent = new AtomicLong();
    sockets.openai(line -> sayFrames(line, sent));
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      stuckAt(sent);
      sockets.upstream().close();
      sockets.rig.untilIdle("openai");
      Rig.until(() -> isGone(line, MASKED_PING));
    }
  }

  @Test
  @DisplayName("F40 a provider that takes nothing for too long is cut off, its client told 1011")
  void a_provider_that_takes_nothing() throws Exception {
    taking(Duration.ofMillis(500));
    var gone = new CompletableFuture<Void>();
    sockets.openai(line -> {
      sockets.accept(line);
      Rig.until(() -> isGone(line, PING));
      gone.complete(null);
    });
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      var saying = CompletableFuture.runAsync(() -> say(line, new AtomicLong()));
      var heard = line.rest();
      assertThat(new String(heard, US_ASCII)).endsWith("the provider took nothing");
      gone.get(30, TimeUnit.SECONDS);
      saying.handle((_, _) -> "").get(30, TimeUnit.SECONDS);
    }
    sockets.rig.untilIdle("openai");
  }

  @Test
  @DisplayName("F40 a client that reads slowly, but reads, is waited for")
  void a_client_that_reads_slowly() throws Exception {
    taking(Duration.ofMillis(500));
    sockets.openai(line -> {
      sockets.accept(line);
      for (var i = 0; i < FRAMES; i++) {
        line.say(frame());
      }
      line.rest();
    });
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      var began = System.nanoTime();
      for (var i = 0; i < FRAMES; i += FRAMES / 20) {
        var due = began + i * 100_000_000L / (FRAMES / 20);
        Rig.until(() -> System.nanoTime() > due);
        assertThat(line.read(FRAMES / 20 * (FRAME + 4))).hasSize(FRAMES / 20 * (FRAME + 4));
      }
    }
    sockets.rig.untilIdle("openai");
  }

  private static void say(Line line, AtomicLong sent) {
    var frame = maskedFrame();
    try {
      for (var i = 0; i < FRAMES; i++) {
        line.say(frame);
        sent.addAndGet(frame.length);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Masked by zeros, which leave the payload as it is.
  private static byte[] maskedFrame() {
    var frame = new byte[8 + FRAME];
    System.arraycopy(frame(), 0, frame, 0, 4);
    frame[1] = (byte) (0x80 | 126);
    return frame;
  }

  /// How much was sent when no more of it went through for a while.
  private static long stuckAt(AtomicLong sent) {
    var seen = new long[] {0, System.nanoTime()};
    Rig.until(() -> {
      var now = sent.get();
      if (now != seen[0]) {
        seen[0] = now;
        seen[1] = System.nanoTime();
      }
      return now > 0 && System.nanoTime() - seen[1] > 500_000_000L;
    });
    return seen[0];
  }
}
