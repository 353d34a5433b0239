package io.onebalance.relay.tell;

import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/// How the reading of a whole answer ended.
public sealed interface Taken {
  record Whole(Buffer bytes) implements Taken {}

  /// There is no whole answer, or no room for it; this is to be told.
  record Refused(Refusal refusal) implements Taken {}

  /// The client left meanwhile.
  record Left() implements Taken {}

  static Future<Taken> of(
      Exchange exchange, Ending.Opened opened, Settlement settlement, Carriage carriage) {
    if (opened.whole()) {
      settlement.served();
      return Future.succeededFuture(new Whole(opened.start()));
    }
    settlement.answered();
    var gathered = new Gathered(carriage.room().shareOf(exchange.client()));
    gathered.write(opened.start());
    var ended = Promise.<Taken>promise();
    return carriage
        .carry(
            exchange,
            opened,
            gathered,
            flow -> {
              settlement.ended(flow);
              ended.complete(of(flow, gathered));
              return Future.succeededFuture();
            })
        .compose(_ -> ended.future());
  }

  private static Refusal cut(Pump.Flow flow) {
    return Refusal.failed("The provider's answer was cut off: " + flow.why() + ".");
  }

  private static Taken of(Pump.Flow flow, Gathered gathered) {
    return switch (flow) {
      case WHOLE -> new Whole(gathered.bytes());
      case LEFT -> new Left();
      case BROKEN, STALLED, STOPPED, UNTAKEN ->
          new Refused(gathered.refusal().orElseGet(() -> cut(flow)));
    };
  }
}
