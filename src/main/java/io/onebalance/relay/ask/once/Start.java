package io.onebalance.relay.ask.once;

import io.onebalance.provider.frame.Frame;
import io.onebalance.sse.FirstEvent;
import io.onebalance.upstream.Bytes;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Symptom;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads as much of an answer as is needed to tell what it is. What was read is kept; of a good
/// answer it goes to the client first.
final class Start {
  /// How much of a success is looked at before the client hears of it (F9).
  static final int LOOK = 8 << 10;

  /// How much of a refusal is kept: real ones are a few KiB.
  static final int REFUSAL = 256 << 10;

  /// How long an answer may be that the client shall see changed: a list of models, or where a file
  /// was put. The longest list is under a MiB.
  static final int CHANGEABLE = 4 << 20;

  private final HttpClientResponse response;
  private final Until until;
  private final Departure client;
  private final Promise<Read> read = Promise.promise();
  private final @Nullable FirstEvent event;
  private final @Nullable FirstObject object;
  private Wheel.@Nullable Alarm alarm;
  private @Nullable Buffer bytes;
  private int pieces;
  private boolean ended;

  private Start(HttpClientResponse response, Until until, Departure client) {
    this.response = response;
    this.until = until;
    this.client = client;
    this.event = until == Until.EVENT ? new FirstEvent(LOOK) : null;
    this.object = until == Until.OBJECT ? new FirstObject() : null;
  }

  /// When enough was read.
  enum Until {
    /// The first whole object, or [#LOOK] bytes: the answer comes object by object.
    OBJECT,
    /// The first event, or [#LOOK] bytes without one.
    EVENT,
    /// The first frame of an AWS event stream, or [#LOOK] bytes of it.
    FRAME,
    /// The end, or more than [#LOOK] bytes.
    LOOKED,
    /// The end, or [#REFUSAL] bytes.
    END,
    /// The end, or [#CHANGEABLE] bytes.
    CHANGED
  }

  /// How the reading ended. Of all but the first two the response was reset, or has failed by
  /// itself.
  sealed interface Read {
    /// There is more; the response is paused.
    record Enough(Buffer bytes) implements Read {}

    record Whole(Buffer bytes) implements Read {}

    record Broken(String why) implements Read {}

    record Silent() implements Read {}

    record Left() implements Read {}
  }

  /// The response must be paused.
  static Future<Read> of(
      HttpClientResponse response, Until until, Duration patience, Wheel wheel, Departure client) {
    var start = new Start(response, until, client);
    start.alarm = wheel.after(patience, () -> start.callOff(new Read.Silent()));
    client.stops(() -> start.callOff(new Read.Left()));
    response.exceptionHandler(failure -> start.end(new Read.Broken(Symptom.of(failure))));
    response.endHandler(_ -> start.end(new Read.Whole(start.soFar())));
    response.handler(start::take);
    response.resume();
    return start.read.future();
  }

  private void take(Buffer piece) {
    bytes = joined(bytes, piece);
    pieces++;
    if (enough(piece)) {
      response.pause();
      end(new Read.Enough(soFar()));
    }
  }

  private boolean enough(Buffer piece) {
    return switch (until) {
      case OBJECT ->
          (object != null && object.completedBy(Bytes.of(piece))) || soFar().length() >= LOOK;
      case EVENT ->
          (event != null && event.feed(Bytes.of(piece)).isPresent()) || soFar().length() >= LOOK;
      case FRAME -> Frame.isDecided(Bytes.of(soFar())) || soFar().length() >= LOOK;
      case LOOKED -> soFar().length() > LOOK;
      case END -> soFar().length() >= REFUSAL;
      case CHANGED -> soFar().length() >= CHANGEABLE;
    };
  }

  /// The first piece is kept as it came; only a second one makes a buffer of our own.
  private Buffer joined(@Nullable Buffer before, Buffer piece) {
    if (before == null) {
      return piece;
    }
    var ours = pieces == 1 ? Buffer.buffer(LOOK).appendBuffer(before) : before;
    return ours.appendBuffer(piece);
  }

  private Buffer soFar() {
    return bytes == null ? Buffer.buffer() : bytes;
  }

  private void callOff(Read why) {
    if (end(why)) {
      response.request().reset();
    }
  }

  private boolean end(Read how) {
    if (ended) {
      return false;
    }
    ended = true;
    if (alarm != null) {
      alarm.cancel();
    }
    client.stopsNothing();
    read.complete(how);
    return true;
  }
}
