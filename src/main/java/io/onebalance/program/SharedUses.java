package io.onebalance.program;

import io.onebalance.access.limit.Spendings;
import io.onebalance.key.pool.Pools;
import io.onebalance.store.share.Exchange;
import io.onebalance.store.share.Uses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;

/// What this instance used of keys' quotas and of gateway keys' limits a minute, for the others,
/// and what they used.
record SharedUses(Pools pools, Spendings spendings, InstantSource clock) implements Exchange.Sides {
  @Override
  public Uses take() {
    var ofKeys = new ArrayList<Uses.OfKey>();
    pools
        .all()
        .forEach((provider, pool) ->
            pool.takeUntold().forEach(use -> ofKeys.add(new Uses.OfKey(provider, use))));
    return new Uses(ofKeys, spendings.takeUntold());
  }

  @Override
  public void hear(Uses uses, Instant then) {
    var now = clock.instant();
    for (var one : uses.ofKeys()) {
      pools.known(one.provider()).ifPresent(pool -> pool.usedElsewhere(one.use(), then, now));
    }
    uses.ofCallers().forEach(one -> spendings.usedElsewhere(one, now));
  }
}
