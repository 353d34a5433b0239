package io.onebalance.key;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The pools of all providers.
public final class Pools {
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();
  private final Consumer<String> changed;

  public Pools(Policy policy, RandomGenerator chance, Consumer<String> changedKeyId) {
    this.changed = changedKeyId;
  }

  public Pool of(String provider) {
    return pools.computeIfAbsent(provider, _ -> new Pool(changed));
  }

  public Optional<Pool> known(String provider) {
    return Optional.ofNullable(pools.get(provider));
  }
}
