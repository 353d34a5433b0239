package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// WebSockets of which one side reads slowly.
class SocketBackpressureTest {
  private static final int FRAME = 32 << 10;
  private static final int FRAMES = 2_000;

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

  @Test
  @DisplayName("F40 a provider that does not read holds its client back, and misses nothing then")
  void a_slow_provider() throws Exception {
    var readsNow = new CompletableFuture<Void>();
    var read = new CompletableFuture<Integer>();
    sockets.openai(line -> {
      sockets.accept(line);
      readsNow.join();
      read.complete(line.read(FRAMES * (FRAME + 8)).length);
    });
    var sent = new AtomicLong();
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      var saying = CompletableFuture.runAsync(() -> say(line, sent));
      assertThat(stuckAt(sent)).isLessThan((long) FRAMES * FRAME / 2);
      readsNow.complete(null);
      saying.get(30, TimeUnit.SECONDS);
      assertThat((long) read.get(30, TimeUnit.SECONDS)).isEqualTo(sent.get());
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
