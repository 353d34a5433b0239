package io.onebalance.relay.tell;

import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.translate.StreamTranslator;
import io.onebalance.relay.translate.Translation;
import io.onebalance.secret.Scrub;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.Optional;

/// An opened answer on its way to a client of another dialect.
final class Translating {
  /// What takes longer to translate than others should wait is done on a worker.
  private static final int LARGE = 256 << 10;

  private static final String BROKE_OFF = "the provider broke off";

  private final Exchange exchange;
  private final Asked asked;
  private final Ending.Opened opened;
  private final Settlement settlement;
  private final Carriage carriage;
  private final HttpServerResponse response;

  Translating(Delivery delivery, Carriage carriage) {
    this.exchange = delivery.exchange();
    this.asked = delivery.asked();
    this.opened = delivery.opened();
    this.settlement = delivery.settlement();
    this.carriage = carriage;
    this.response = delivery.response();
  }

  Future<Void> begin(Translation back) {
    Answering.sign(exchange.client(), opened.slot().key(), asked);
    Answering.dropped(exchange.client(), back.dropped());
    if (asked.errand().traits().stream() && back.stream().isPresent() && isStream()) {
      return stream(back.stream().get().apply(this::clean));
    }
    return Taken.of(exchange, opened, settlement, carriage)
        .compose(taken ->
            switch (taken) {
              case Taken.Whole(var bytes) -> whole(back, bytes);
              case Taken.Refused(var refusal) -> refuse(refusal);
              case Taken.Left() -> Future.succeededFuture();
            });
  }

  /// What the provider says about itself, without what it must not tell (S26).
  private String clean(String words) {
    return Scrub.scrub(words, opened.secrets().get());
  }

  private boolean isStream() {
    var type = opened.response().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  private Future<Void> stream(StreamTranslator translator) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, translator.contentType());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setChunked(true);
    var share = carriage.room().shareOf(exchange.client());
    var to = new Interpreting(exchange.client().outlet(), translator, share);
    to.write(opened.start());
    if (opened.whole()) {
      var rest = translator.end();
      if (translator.hasFailed()) {
        settlement.faulted(BROKE_OFF);
      } else {
        settlement.served();
      }
      return finish(translator, rest);
    }
    if (!response.headWritten()) {
      response.writeHead();
    }
    settlement.answered();
    return carriage.carry(exchange, opened, to, flow -> ended(flow, translator, to.refusal()));
  }

  private Future<Void> ended(
      Pump.Flow flow, StreamTranslator translator, Optional<Refusal> refusal) {
    var rest = flow == Pump.Flow.WHOLE ? translator.end() : new byte[0];
    if (translator.hasFailed() && flow == Pump.Flow.WHOLE) {
      settlement.faulted(BROKE_OFF);
    }
    settlement.ended(flow);
    return switch (flow) {
      case WHOLE -> finish(translator, rest);
      case LEFT -> Future.succeededFuture();
      case UNTAKEN ->
          cut(refusal.map(why -> translator.broken(why.message())).orElseGet(() -> new byte[0]));
      case BROKEN, STALLED, STOPPED ->
          cut(translator.broken("The answer was cut off: " + flow.why() + "."));
    };
  }

  private Future<Void> finish(StreamTranslator translator, byte[] rest) {
    return translator.hasFailed() ? cut(rest) : carriage.send(exchange, Buffer.buffer(rest));
  }

  /// A cut answer never ends cleanly.
  private Future<Void> cut(byte[] last) {
    exchange.client().ends(Entry.How.CUT);
    return carriage.breakOff(exchange, Buffer.buffer(last));
  }

  private Future<Void> whole(Translation back, Buffer answer) {
    return (answer.length() <= LARGE
            ? Future.succeededFuture(answer).map(read -> translated(back, read))
            : later(back, answer))
        .compose(bytes -> {
          response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
          return carriage.send(exchange, Buffer.buffer(bytes));
        })
        .recover(failure ->
            failure instanceof UnreadableAnswer
                ? refuse(unreadable(failure))
                : Future.failedFuture(failure));
  }

  private static Future<byte[]> later(Translation back, Buffer answer) {
    return Objects.requireNonNull(Vertx.currentContext(), "an event loop")
        .executeBlocking(() -> translated(back, answer), false)
        .map(Objects::requireNonNull);
  }

  private static byte[] translated(Translation back, Buffer answer) {
    var read = Json.read(answer.getBytes()).orElseThrow(() -> new UnreadableAnswer("is no JSON"));
    return Json.bytes(back.whole().apply(read));
  }

  private Refusal unreadable(Throwable failure) {
    var why = clean(String.valueOf(failure.getMessage()));
    return Refusal.failed("The provider's answer " + why + ".");
  }

  private Future<Void> refuse(Refusal refusal) {
    exchange.client().refuse(refusal);
    return Future.succeededFuture();
  }
}
