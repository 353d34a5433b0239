package io.onebalance.relay.tell;

import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.RefusalText;
import io.onebalance.route.resource.Listing;
import io.onebalance.upstream.call.Cut;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;

/// An opened answer on its way to a client of the same dialect, byte for byte.
final class Passing {
  private final Exchange exchange;
  private final Asked asked;
  private final Ending.Opened opened;
  private final Settlement settlement;
  private final Carriage carriage;
  private final ResourceNotes notes;
  private final HttpServerResponse response;

  Passing(Delivery delivery, Carriage carriage, ResourceNotes notes) {
    this.exchange = delivery.exchange();
    this.asked = delivery.asked();
    this.opened = delivery.opened();
    this.settlement = delivery.settlement();
    this.carriage = carriage;
    this.notes = notes;
    this.response = delivery.response();
  }

  Future<Void> begin() {
    Answering.head(exchange, asked, opened);
    return switch (asked.errand().traits().shown()) {
      case FILTERED -> list();
      case AS_IT_CAME -> opened.whole() ? whole(opened.start()) : begun();
      case LED_BACK ->
          opened.whole() ? whole(notes.ledBack(exchange, asked.errand(), opened)) : begun();
    };
  }

  private Future<Void> whole(Buffer body) {
    settlement.served();
    return carriage.send(exchange, body);
  }

  private Future<Void> begun() {
    settlement.answered();
    return stream();
  }

  /// A list of models, with those left out that the caller may not use.
  private Future<Void> list() {
    settlement.served();
    var slug = asked.errand().provider().slug();
    var allowed =
        opened.whole()
            ? Listing.filtered(
                opened.start().getBytes(), model -> exchange.grant().allows(slug, model))
            : Optional.<byte[]>empty();
    if (allowed.isPresent()) {
      return carriage.send(exchange, Buffer.buffer(allowed.get()));
    }
    var why = opened.whole() ? "can't be read" : "is too long";
    exchange.client().refuse(Refusal.failed("The provider's list of models " + why + "."));
    if (!opened.whole()) {
      Cut.off(opened.response());
    }
    return Future.succeededFuture();
  }

  private Future<Void> stream() {
    frame();
    var outlet = exchange.client().outlet();
    begin(opened.start(), outlet);
    return carriage.carry(exchange, opened, outlet, this::ended);
  }

  /// Says how the body's end will be known: by its length where the upstream told it, else by
  /// chunks.
  private void frame() {
    var status = response.getStatusCode();
    var hasBody = status != 204 && status != 304;
    if (hasBody && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
  }

  /// The head does not wait for the body: an answer that stalls or breaks would never show that it
  /// had begun.
  private void begin(Buffer start, WriteStream<Buffer> outlet) {
    if (start.length() > 0) {
      outlet.write(start);
    } else {
      response.writeHead();
    }
  }

  private Future<Void> ended(Pump.Flow flow) {
    settlement.ended(flow);
    exchange.client().ends(flow.how());
    return switch (flow) {
      case WHOLE -> carriage.end(exchange);
      case LEFT -> Future.succeededFuture();
      case UNTAKEN -> response.reset();
      case BROKEN, STALLED, STOPPED -> cut(flow.why());
    };
  }

  /// A cut answer never ends cleanly: an end would pass for a whole answer. A stream says first
  /// what happened, in the client's dialect (F4).
  private Future<Void> cut(String why) {
    if (!takesAnEvent()) {
      return response.reset();
    }
    var client = exchange.client();
    var refusal = Refusal.failed("The answer was cut off: " + why + ".");
    var event = RefusalText.event(refusal, client.shape(), client.id());
    return carriage.breakOff(exchange, Buffer.buffer(event));
  }

  /// A stream whose length was told has no room for an event more: its bytes would pass for the
  /// missing ones.
  private boolean takesAnEvent() {
    var type = response.headers().get(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.startsWith("text/event-stream")
        && !response.headers().contains(HttpHeaders.CONTENT_LENGTH);
  }
}
