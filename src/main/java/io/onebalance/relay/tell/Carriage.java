package io.onebalance.relay.tell;

import io.onebalance.ledger.Entry;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Room;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.call.Inflow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The answers that are being carried on one event loop. Not thread-safe.
final class Carriage {
  private final Wheel wheel;
  private final Room room;

  /// The streams that run, each with its end.
  private final Map<Pump, Future<Void>> running = new HashMap<>();

  private final AtomicInteger count = new AtomicInteger();

  Carriage(Wheel wheel, Room room) {
    this.wheel = wheel;
    this.room = room;
  }

  /// Where answers that are gathered find room.
  Room room() {
    return room;
  }

  /// Sends a body at once, and its end.
  Future<Void> send(Exchange exchange, Buffer body) {
    var client = exchange.client();
    client.told(body);
    client.ends(Entry.How.WHOLE);
    client.response().headers().remove(HttpHeaders.CONTENT_LENGTH);
    return client.request().version() == HttpVersion.HTTP_2 && body.length() > 0
        ? sendApart(exchange, body)
        : LastWords.taken(exchange, client.response().end(body), wheel);
  }

  /// A stream of HTTP/2 that has its end can't be reset any more, also where nobody takes its body.
  private Future<Void> sendApart(Exchange exchange, Buffer body) {
    var response = exchange.client().response();
    if (!response.headWritten()) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    }
    return LastWords.taken(exchange, response.write(body), wheel).compose(_ -> response.end());
  }

  /// Ends an answer whose body was sent.
  Future<Void> end(Exchange exchange) {
    return LastWords.taken(exchange, exchange.client().response().end(), wheel);
  }

  /// Tells a client why its stream is broken off, and does so.
  Future<Void> breakOff(Exchange exchange, Buffer lastWords) {
    return LastWords.tell(exchange, lastWords, wheel);
  }

  /// Carries what is left of an opened answer; `ended` says what follows from how that went.
  Future<Void> carry(
      Exchange exchange,
      Ending.Opened opened,
      WriteStream<Buffer> to,
      Function<Pump.Flow, Future<Void>> ended) {
    return carry(exchange, Inflow.of(opened.response()), to, ended);
  }

  /// The same for bytes from anywhere.
  Future<Void> carry(
      Exchange exchange,
      ReadStream<Buffer> from,
      WriteStream<Buffer> to,
      Function<Pump.Flow, Future<Void>> ended) {
    var patience = exchange.snapshot().patience();
    var client = exchange.client();
    var pump = Pump.carry(from, to, client, wheel, patience);
    var told = pump.flow().compose(ended);
    running.put(pump, told);
    count.set(running.size());
    return told.onComplete(_ -> {
      running.remove(pump);
      count.set(running.size());
    });
  }

  /// How many answers are being carried. From any thread.
  int running() {
    return count.get();
  }

  /// Stops every stream that runs; complete when their clients were told.
  Future<Void> stop() {
    var ends = List.copyOf(running.values());
    List.copyOf(running.keySet()).forEach(Pump::stop);
    return Future.join(ends).mapEmpty();
  }
}
