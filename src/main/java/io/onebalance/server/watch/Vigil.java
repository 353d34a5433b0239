package io.onebalance.server.watch;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Notices that a client keeps its connection waiting for too long.
///
/// It belongs to the connection's event loop. There is one alarm a connection, which looks and is
/// set again: nothing is set or taken back for a request.
final class Vigil {
  private static final long NEVER = Long.MAX_VALUE;

  /// So long a client that still sends may take to hear what we said last. The program waits for
  /// that when it ends.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Patience patience;
  private @Nullable Future<?> alarm;
  private @Nullable Runnable look;
  private @Nullable ChannelHandlerContext context;
  private long idleUntil = NEVER;
  private long headUntil = NEVER;
  private long takenUntil = NEVER;
  private long rings = NEVER;

  Vigil(Patience patience) {
    this.patience = patience;
  }

  /// What a client is late with.
  enum Late {
    HEAD,
    REQUEST,
    TAKING
  }

  /// Begins on a connection that waits for its first request.
  void begin(ChannelHandlerContext connection, Consumer<Late> let) {
    context = connection;
    look = () -> look(let);
    quiet();
  }

  void end() {
    look = null;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /// A request is being read or answered.
  void busy() {
    idleUntil = NEVER;
    headUntil = NEVER;
  }

  /// Nothing is asked and nothing is to be answered.
  void quiet() {
    idleUntil = System.nanoTime() + patience.idle().toNanos();
    arm(idleUntil);
  }

  /// Something came that is no whole head yet. What comes after it gains no time.
  void headBegan() {
    if (headUntil == NEVER) {
      headUntil = System.nanoTime() + patience.head().toNanos();
      arm(headUntil);
    }
  }

  /// We have said our last words, and wait for the client to hear them.
  void brokenOff() {
    headUntil = System.nanoTime() + LAST_WORDS.toNanos();
    arm(headUntil);
  }

  /// Whether more lies ready than the client has room for.
  void full(boolean is) {
    takenUntil = is ? System.nanoTime() + patience.taking().toNanos() : NEVER;
    if (is) {
      arm(takenUntil);
    }
  }

  private void look(Consumer<Late> let) {
    rings = NEVER;
    var now = System.nanoTime();
    if (isPast(takenUntil, now)) {
      let.accept(Late.TAKING);
    } else if (isPast(headUntil, now)) {
      let.accept(Late.HEAD);
    } else if (isPast(idleUntil, now)) {
      let.accept(Late.REQUEST);
    } else {
      arm(Math.min(takenUntil, Math.min(headUntil, idleUntil)));
    }
  }

  private static boolean isPast(long until, long now) {
    return until != NEVER && until - now <= 0;
  }

  /// An alarm that rings earlier is left to ring: it looks, and is set again.
  private void arm(long until) {
    if (until >= rings || look == null || context == null) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    rings = until;
    var rest = until - System.nanoTime();
    alarm = context.executor().schedule(look, Math.max(0, rest), TimeUnit.NANOSECONDS);
  }
}
