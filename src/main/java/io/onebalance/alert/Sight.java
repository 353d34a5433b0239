package io.onebalance.alert;

import java.util.List;
import java.util.Map;

/// What there is to see at one moment.
///
/// @param pools by provider
/// @param blocked keys that were blocked since the last look
public record Sight(Map<String, Pool> pools, List<Blocked> blocked, List<Budget> budgets) {
  public Sight {
    pools = Map.copyOf(pools);
    blocked = List.copyOf(blocked);
    budgets = List.copyOf(budgets);
  }

  /// The keys of a provider, each counted once, and what its last minute brought: how often it
  /// served, and how often it failed for reasons of its own.
  public record Pool(int ready, int resting, int blocked, long served, long failed) {
    int total() {
      return ready + resting + blocked;
    }
  }

  /// A key that was blocked. `why` holds no key.
  public record Blocked(String provider, String keyId, String why) {}

  /// How much of a budget a gateway key has spent, in percent. `title` is what people call the key,
  /// `name` says which budget it is.
  public record Budget(String gatewayKey, String title, String name, int percent) {}
}
