package io.onebalance.console.live;

import io.onebalance.key.Pools;
import java.time.Instant;

/// What is watched all the time: the events of keys, and how many are ready.
public record Live(KeyWatch watch, Trends trends) {
  /// Takes note of how many keys each provider has ready now.
  public void sample(Pools pools, Instant now) {
    pools
        .all()
        .forEach((provider, pool) -> trends.sample(provider, pool.counts(now).active(), now));
  }
}
