package io.onebalance.relay.exchange.note;

import io.onebalance.access.Grant;
import io.onebalance.ledger.Entry;

/// Who is told of requests that are over. Called on event loops; must not wait.
@FunctionalInterface
public interface Ledger {
  void tell(Entry entry);

  /// The same of one of many alike, which counts and needs no row of its own.
  default void tellInBrief(Entry entry) {
    tell(entry);
  }

  /// Whether it wants to hear of this caller's requests at all; else nothing is noted of them.
  default boolean wants(Grant caller) {
    return true;
  }
}
