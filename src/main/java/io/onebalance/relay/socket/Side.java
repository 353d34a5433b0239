package io.onebalance.relay.socket;

import io.onebalance.upstream.Wheel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One end of a tunnel: its socket, the frames that come from there, and whether it takes what lies
/// ready for it. Belongs to one event loop.
final class Side {
  private static final long NEVER = -1;

  private final boolean isClient;
  private final ReadStream<Buffer> inflow;
  private final NetSocket socket;
  private final Frames frames;
  private final Runnable cut;
  private long fullSince = NEVER;
  private boolean gone;
  private Wheel.@Nullable Alarm alarm;

  /// A client's end. `cut` ends its connection at once, whatever lies ready for it.
  static Side ofClient(NetSocket socket, Frames frames, Runnable cut) {
    return new Side(true, socket, socket, frames, cut);
  }

  /// A provider's end, of which `inflow` brings what it says. `cut` as above.
  static Side ofProvider(ReadStream<Buffer> inflow, NetSocket socket, Frames frames, Runnable cut) {
    return new Side(false, inflow, socket, frames, cut);
  }

  private Side(
      boolean isClient, ReadStream<Buffer> inflow, NetSocket socket, Frames frames, Runnable cut) {
    this.isClient = isClient;
    this.inflow = inflow;
    this.socket = socket;
    this.frames = frames;
    this.cut = cut;
  }

  boolean isClient() {
    return isClient;
  }

  /// Where what it is told goes.
  NetSocket socket() {
    return socket;
  }

  /// What it says.
  ReadStream<Buffer> inflow() {
    return inflow;
  }

  Frames frames() {
    return frames;
  }

  /// Runs this when the side went and all that it said before was taken. A socket that is paused
  /// may be closed while much of that still waits: its close tells nothing about the end, and a
  /// client's failure comes before its end.
  void whenGone(Runnable then) {
    inflow.endHandler(_ -> then.run());
    inflow.exceptionHandler(_ -> {
      if (!isClient) {
        then.run();
      }
    });
    socket.closeHandler(_ -> {
      gone = true;
      if (alarm != null) {
        alarm.cancel();
      }
    });
  }

  /// Whether more lies ready for it than it has room for.
  boolean isFull() {
    return socket.writeQueueFull();
  }

  /// It is full from now on, or still; `drained` is run when it took half of what lies ready.
  void fills(long now, Runnable drained) {
    fullSince = fullSince == NEVER ? now : fullSince;
    socket.drainHandler(_ -> {
      fullSince = NEVER;
      drained.run();
    });
  }

  /// How many milliseconds it still has, of so long, to take half of what lies ready for it.
  long left(Duration taking, long now) {
    return fullSince == NEVER ? Long.MAX_VALUE : taking.toMillis() - (now - fullSince);
  }

  /// Ends it when it took all that lies ready, or did not in so long.
  void end(Wheel wheel, Duration taking) {
    socket.end();
    if (!gone && alarm == null) {
      alarm = wheel.after(taking, cut);
    }
  }

  void cut() {
    cut.run();
  }
}
