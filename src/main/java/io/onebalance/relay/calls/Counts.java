package io.onebalance.relay.calls;

import io.onebalance.dialect.json.Json;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.tell.Answering;
import io.vertx.core.Future;
import java.util.List;

/// Answers how many tokens a request has. Clients ask that dozens of times at once, so one key is
/// asked once, and what it does not say is estimated. Belongs to one event loop.
public final class Counts {
  private final Failover failover;
  private final Answering answering;

  public Counts(Failover failover, Answering answering) {
    this.failover = failover;
    this.answering = answering;
  }

  public Future<Void> answer(Exchange exchange, Planned.Count count) {
    var client = exchange.client();
    var journey =
        new Journey(
            client.draft(),
            count.errand(),
            client.departure(),
            exchange.snapshot().once(),
            exchange.deadline());
    return failover.ask(journey).compose(asked -> tell(exchange, asked, count));
  }

  private Future<Void> tell(Exchange exchange, Asked asked, Planned.Count count) {
    return switch (asked.ending()) {
      case Ending.Opened _, Ending.Abandoned _ -> answering.tell(exchange, asked);
      case Ending.Theirs(var answer) ->
          answer.status() == 404 || answer.status() == 405
              ? estimate(exchange, asked, count)
              : answering.tell(exchange, asked);
      case Ending.Failed _, Ending.Exhausted _ -> estimate(exchange, asked, count);
    };
  }

  private Future<Void> estimate(Exchange exchange, Asked asked, Planned.Count count) {
    var about = count.estimate().get();
    if (about.isEmpty()) {
      return answering.tell(exchange, asked);
    }
    Answering.tell(exchange, asked, List.of(), Json.bytes(about.get()));
    return Future.succeededFuture();
  }
}
