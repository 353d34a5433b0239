package io.onebalance.console.live;

import io.onebalance.key.RunningRest;
import io.onebalance.key.pool.Pools;
import java.time.Instant;
import java.util.List;

/// The keys as they are now: what happens to them, who comes back next, and how many are ready.
public record Live(Pools pools, KeyWatch watch, Trends trends) {
  /// Takes note of how many keys each provider has ready now.
  public void sample(Instant now) {
    pools
        .all()
        .forEach((provider, pool) -> trends.sample(provider, pool.counts(now).active(), now));
  }

  /// The rests that end soonest.
  public List<RunningRest> soonest(int most, Instant now) {
    return pools.soonest(most, now);
  }
}
