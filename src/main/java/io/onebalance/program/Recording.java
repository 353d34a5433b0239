package io.onebalance.program;

import io.onebalance.access.Grant;
import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Spendings;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.relay.exchange.note.Ledger;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells the limits of gateway keys what each request cost, and the journal, where there is to be
/// one, all of it. Without a journal those who have no limits are not noted at all.
record Recording(Spendings spendings, Optional<Journal> journal) implements Ledger {
  @Override
  public boolean wants(Grant caller) {
    return journal.isPresent() || !caller.limits().isFree();
  }

  @Override
  public void tell(Entry entry) {
    charge(entry);
    journal.ifPresent(kept -> kept.write(entry));
  }

  @Override
  public void tellInBrief(Entry entry) {
    charge(entry);
    journal.ifPresent(kept -> kept.writeInBrief(entry));
  }

  private void charge(Entry entry) {
    var cost = entry.cost();
    var nanos = cost.isEmpty() ? OptionalLong.empty() : OptionalLong.of(cost.get().nanos());
    var ended = entry.at().plus(entry.times().total());
    spendings.charge(
        entry.gatewayKey(), new Charge(entry.at(), ended, entry.tokens().total(), nanos));
  }
}
