package io.onebalance.relay.ask.again;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The [Budget] of each provider. Thread-safe.
public final class Budgets {
  private final ConcurrentMap<String, Budget> byProvider = new ConcurrentHashMap<>();

  public Budget of(String provider) {
    return byProvider.computeIfAbsent(provider, _ -> new Budget());
  }
}
