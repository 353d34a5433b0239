package io.onebalance.ledger.price;

import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;

/// What a model costs: `usual`, and `beyond` for a request whose prompt has more than `most`
/// tokens.
record Tariff(Price usual, long most, Price beyond) {
  static final Tariff FREE = of(Price.FREE);

  static Tariff of(Price always) {
    return new Tariff(always, Long.MAX_VALUE, always);
  }

  Money of(Tokens tokens) {
    return (tokens.input() > most ? beyond : usual).of(tokens);
  }
}
