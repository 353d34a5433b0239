package io.onebalance.store.history;

import io.onebalance.ledger.Entry;

/// Requests that are counted together. `outcome` is a word of [Outcome]; the others are empty where
/// nobody was admitted or asked.
record Series(String gatewayKey, String provider, String model, String outcome) {
  /// Stands for models that are not told apart any more.
  private static final String OTHER = "(other)";

  static Series of(Entry entry) {
    var served = entry.served();
    return new Series(
        entry.gatewayKey(), served.provider(), served.model(), Outcome.of(entry.ending()));
  }

  Series ofAnyModel() {
    return new Series(gatewayKey, provider, OTHER, outcome);
  }
}
