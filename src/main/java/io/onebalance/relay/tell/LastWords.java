package io.onebalance.relay.tell;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;

/// What a client is told last, before its answer ends or is broken off, and the time that it has to
/// hear it: nobody watches any more whether it takes what it is told. A cut answer never ends
/// cleanly.
final class LastWords {
  private LastWords() {}

  /// Complete when the stream is broken off; nothing to say needs no time.
  static Future<Void> tell(Exchange exchange, Buffer words, Wheel wheel) {
    var response = exchange.client().response();
    return words.length() == 0
        ? response.reset()
        : taken(exchange, response.write(words), wheel)
            .compose(_ -> heard(exchange, wheel))
            .transform(_ -> response.reset());
  }

  /// Complete when the client took what was written. One that does not take it in its time is let
  /// go, and has left: a stream of HTTP/2 whose client gives it no room would wait for as long as
  /// its connection.
  static Future<Void> taken(Exchange exchange, Future<Void> written, Wheel wheel) {
    if (written.isComplete()) {
      return written;
    }
    var taken = Promise.<Void>promise();
    var alarm =
        wheel.after(
            exchange.snapshot().patience().client().taking(),
            () -> {
              taken.tryFail(new VertxException("the client took nothing", true));
              exchange.client().response().reset();
            });
    written.onComplete(_ -> taken.tryComplete(), taken::tryFail);
    return taken.future().onComplete(_ -> alarm.cancel());
  }

  /// Complete when the client had its time, or has left.
  private static Future<Void> heard(Exchange exchange, Wheel wheel) {
    var over = Promise.<Void>promise();
    var alarm = wheel.after(exchange.snapshot().patience().client().farewell(), over::tryComplete);
    exchange
        .client()
        .departure()
        .stops(() -> {
          alarm.cancel();
          over.tryComplete();
        });
    return over.future();
  }
}
