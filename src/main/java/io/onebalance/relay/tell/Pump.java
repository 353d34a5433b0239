package io.onebalance.relay.tell;

import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;

/// Carries the bytes of an answer to the client as they come, no faster than the client reads. Ends
/// neither side and never fails: how it went is a [Flow].
final class Pump {
  private final Wheel wheel;
  private final Duration idle;
  private final WriteStream<Buffer> to;
  private final Promise<Flow> flow = Promise.promise();
  private Wheel.Alarm alarm;
  private long heard;

  private Pump(Wheel wheel, Duration idle, WriteStream<Buffer> to) {
    this.wheel = wheel;
    this.idle = idle;
    this.to = to;
    this.alarm = wheel.after(idle, this::look);
    this.heard = wheel.millis();
  }

  /// How the carrying ended.
  enum Flow {
    /// All bytes went through.
    WHOLE,
    /// The client left.
    LEFT,
    /// The upstream broke off.
    BROKEN,
    /// The upstream said nothing for longer than `idle`, while the client wanted more.
    STALLED
  }

  static Future<Flow> carry(
      ReadStream<Buffer> from,
      WriteStream<Buffer> to,
      Departure client,
      Wheel wheel,
      Duration idle) {
    var pump = new Pump(wheel, idle, to);
    client.stops(() -> pump.end(Flow.LEFT));
    from.exceptionHandler(_ -> pump.end(Flow.BROKEN));
    from.endHandler(_ -> pump.end(Flow.WHOLE));
    from.handler(bytes -> pump.pass(bytes, from));
    from.resume();
    return pump.flow.future();
  }

  private void pass(Buffer bytes, ReadStream<Buffer> from) {
    heard = wheel.millis();
    to.write(bytes);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }

  /// One alarm per idle time, not per piece: it looks when the last piece came. A client that reads
  /// slowly is no silence of the upstream.
  private void look() {
    if (to.writeQueueFull()) {
      heard = wheel.millis();
    }
    var rest = idle.toMillis() - (wheel.millis() - heard);
    if (rest <= 0) {
      end(Flow.STALLED);
    } else {
      alarm = wheel.after(Duration.ofMillis(rest), this::look);
    }
  }

  private void end(Flow how) {
    alarm.cancel();
    flow.tryComplete(how);
  }
}
