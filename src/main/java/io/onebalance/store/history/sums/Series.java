package io.onebalance.store.history.sums;

import io.onebalance.ledger.Entry;
import io.onebalance.store.history.log.Outcome;

/// Requests that are counted together. `outcome` is a word of [Outcome]; the others are empty where
/// nobody was admitted or asked.
public record Series(String gatewayKey, String provider, String model, String outcome) {
  /// Stands for models that are not told apart any more.
  private static final String OTHER = "(other)";

  public static Series of(Entry entry) {
    var served = entry.served();
    return new Series(
        entry.gatewayKey(), served.provider(), served.model(), Outcome.of(entry.ending()));
  }

  public Series ofAnyModel() {
    return new Series(gatewayKey, provider, OTHER, outcome);
  }
}
