package io.onebalance.program;

import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Spendings;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Tells the limits of gateway keys what each request cost, as the ledger has it.
record Charging(Spendings spendings) implements Consumer<Entry> {
  @Override
  public void accept(Entry entry) {
    var nanos = entry.cost().map(Money::nanos).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    var ended = entry.at().plus(entry.times().total());
    spendings.charge(
        entry.gatewayKey(), new Charge(entry.at(), ended, entry.tokens().total(), nanos));
  }
}
