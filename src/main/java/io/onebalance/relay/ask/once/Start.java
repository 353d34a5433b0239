package io.onebalance.relay.ask.once;

import io.onebalance.provider.frame.Frame;
import io.onebalance.sse.FirstEvent;
import io.onebalance.upstream.Bytes;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Symptom;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.call.Cut;
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
  private final Look look;
  private final Departure client;
  private final Promise<Read> read = Promise.promise();
  private Wheel.@Nullable Alarm alarm;
  private @Nullable Buffer bytes;
  private int pieces;
  private boolean ended;

  private Start(HttpClientResponse response, Look look, Departure client) {
    this.response = response;
    this.look = look;
    this.client = client;
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
    CHANGED;

    /// For one answer.
    private Look look() {
      return switch (this) {
        case OBJECT -> {
          var object = new FirstObject();
          yield (piece, soFar) -> object.completedBy(Bytes.of(piece)) || soFar.length() >= LOOK;
        }
        case EVENT -> {
          var event = new FirstEvent(LOOK);
          yield (piece, soFar) -> event.feed(Bytes.of(piece)).isPresent() || soFar.length() >= LOOK;
        }
        case FRAME -> (_, soFar) -> Frame.isDecided(Bytes.of(soFar)) || soFar.length() >= LOOK;
        case LOOKED -> (_, soFar) -> soFar.length() > LOOK;
        case END -> (_, soFar) -> soFar.length() >= REFUSAL;
        case CHANGED -> (_, soFar) -> soFar.length() >= CHANGEABLE;
      };
    }
  }

  /// Says after each piece whether enough was read.
  @FunctionalInterface
  interface Look {
    boolean isEnough(Buffer piece, Buffer soFar);
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

  /// The response must be paused. Fails where the look at it breaks.
  static Future<Read> of(
      HttpClientResponse response, Until until, Duration patience, Wheel wheel, Departure client) {
    return of(response, until.look(), patience, wheel, client);
  }

  static Future<Read> of(
      HttpClientResponse response, Look look, Duration patience, Wheel wheel, Departure client) {
    var start = new Start(response, look, client);
    start.alarm = wheel.after(patience, () -> start.callOff(new Read.Silent()));
    client.stops(() -> start.callOff(new Read.Left()));
    response.exceptionHandler(failure -> start.end(new Read.Broken(Symptom.of(failure))));
    response.endHandler(_ -> start.end(new Read.Whole(start.soFar())));
    response.handler(start::take);
    response.resume();
    return start.read.future();
  }

  /// What breaks inside of this program is told at once: it is no silence of the provider's.
  private void take(Buffer piece) {
    try {
      var soFar = joined(bytes, piece);
      bytes = soFar;
      pieces++;
      if (look.isEnough(piece, soFar)) {
        response.pause();
        end(new Read.Enough(soFar));
      }
    } catch (RuntimeException | Error broken) {
      if (ended) {
        throw broken;
      }
      over();
      read.fail(broken);
    }
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
      Cut.off(response);
    }
  }

  private boolean end(Read how) {
    if (ended) {
      return false;
    }
    over();
    read.complete(how);
    return true;
  }

  private void over() {
    ended = true;
    if (alarm != null) {
      alarm.cancel();
    }
    client.stopsNothing();
  }
}
