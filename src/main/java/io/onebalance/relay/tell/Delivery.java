package io.onebalance.relay.tell;

import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.vertx.core.http.HttpServerResponse;

/// An opened answer, whom it goes to, and what its key learns of it.
record Delivery(Exchange exchange, Asked asked, Ending.Opened opened, Settlement settlement) {
  HttpServerResponse response() {
    return exchange.client().response();
  }
}
