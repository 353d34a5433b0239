package io.onebalance.relay.tell;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/// What a client is told before its stream is broken off, and the time that it has to hear it. A
/// cut answer never ends cleanly.
final class LastWords {
  private LastWords() {}

  /// Complete when the stream is broken off; nothing to say needs no time.
  static Future<Void> tell(Exchange exchange, Buffer words, Wheel wheel) {
    var response = exchange.client().response();
    return words.length() == 0
        ? response.reset()
        : response
            .write(words)
            .compose(_ -> heard(exchange, wheel))
            .transform(_ -> response.reset());
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
