package io.onebalance.relay.tell;

import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.note.Draft;
import io.onebalance.relay.exchange.rules.TimeLimits;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;

/// Carries the bytes of an answer to the client as they come, no faster than the client reads. Ends
/// neither side: how it went is a [Flow], which fails only where this program does.
final class Pump {
  private static final long EMPTY = -1;

  private final Wheel wheel;
  private final Duration idle;
  private final Duration taking;
  private final WriteStream<Buffer> to;
  private final Draft draft;
  private final Promise<Flow> flow = Promise.promise();
  private Wheel.Alarm alarm;
  private long heard;
  private long fullSince = EMPTY;

  private Pump(Wheel wheel, TimeLimits patience, WriteStream<Buffer> to, Draft draft) {
    this.wheel = wheel;
    this.idle = patience.idle();
    this.taking = patience.client().taking();
    this.to = to;
    this.draft = draft;
    this.alarm = wheel.after(idle, this::look);
    this.heard = wheel.millis();
  }

  /// How the carrying ended.
  enum Flow {
    /// All bytes went through.
    WHOLE("it is whole"),
    /// The client left.
    LEFT("the client left"),
    /// The upstream broke off.
    BROKEN("the provider broke off"),
    /// The upstream said nothing for longer than `idle`, while the client wanted more.
    STALLED("the provider fell silent"),
    /// The client took nothing for longer than it may, while there was something to take (F40); or
    /// what was to take it takes no more.
    UNTAKEN("the client took nothing"),
    /// We stopped it.
    STOPPED("this server is stopping");

    private final String why;

    Flow(String why) {
      this.why = why;
    }

    /// What the ledger says of it.
    Entry.How how() {
      return switch (this) {
        case WHOLE -> Entry.How.WHOLE;
        case LEFT -> Entry.How.LEFT;
        case BROKEN, STALLED, UNTAKEN, STOPPED -> Entry.How.CUT;
      };
    }

    /// In words, for the client.
    String why() {
      return why;
    }
  }

  /// Begins to carry.
  static Pump carry(
      ReadStream<Buffer> from,
      WriteStream<Buffer> to,
      Client client,
      Wheel wheel,
      TimeLimits patience) {
    var pump = new Pump(wheel, patience, to, client.draft());
    client.departure().stops(() -> pump.end(Flow.LEFT));
    from.exceptionHandler(_ -> pump.end(Flow.BROKEN));
    from.endHandler(_ -> pump.end(Flow.WHOLE));
    from.handler(bytes -> pump.take(bytes, from));
    from.resume();
    return pump;
  }

  Future<Flow> flow() {
    return flow.future();
  }

  /// Carries no further: this program ends.
  void stop() {
    end(Flow.STOPPED);
  }

  /// What breaks here would only be logged by Vert.x, and the client would wait.
  private void take(Buffer bytes, ReadStream<Buffer> from) {
    try {
      if (!flow.future().isComplete()) {
        pass(bytes, from);
      }
    } catch (RuntimeException | Error broken) {
      alarm.cancel();
      flow.tryFail(broken);
    }
  }

  private void pass(Buffer bytes, ReadStream<Buffer> from) {
    heard = wheel.millis();
    draft.read(bytes);
    if (to.write(bytes).failed()) {
      end(Flow.UNTAKEN);
    } else if (to.writeQueueFull()) {
      from.pause();
      fill(from);
    }
  }

  /// The client has its time from here on until half of what lies ready has left.
  private void fill(ReadStream<Buffer> from) {
    if (fullSince != EMPTY) {
      return;
    }
    fullSince = wheel.millis();
    if (taking.compareTo(idle) < 0) {
      alarm.cancel();
      alarm = wheel.after(taking, this::look);
    }
    to.drainHandler(_ -> {
      fullSince = EMPTY;
      heard = wheel.millis();
      from.resume();
    });
  }

  /// One alarm per idle time, not per piece: it looks when the last piece came. A client that reads
  /// slowly is no silence of the upstream.
  private void look() {
    var full = fullSince != EMPTY;
    var rest = full ? rest(taking, fullSince) : rest(idle, heard);
    if (rest <= 0) {
      end(full ? Flow.UNTAKEN : Flow.STALLED);
    } else {
      alarm = wheel.after(Duration.ofMillis(rest), this::look);
    }
  }

  private long rest(Duration most, long since) {
    return most.toMillis() - (wheel.millis() - since);
  }

  private void end(Flow how) {
    alarm.cancel();
    flow.tryComplete(how);
  }
}
