package io.onebalance.relay.ask;

import io.onebalance.key.Choice;
import io.onebalance.key.Pool;
import io.onebalance.relay.plan.Errand;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Which keys of a pool a request may go to: all, or those that belong to the resource that its
/// path names. `outside` are the ids of the others.
record Scoped(String name, Set<String> outside) {
  private static final Scoped ANY = new Scoped("", Set.of());

  static Scoped of(Errand errand, Pool pool) {
    var name = errand.scope();
    if (name.isEmpty() || (errand.provider().lendsKeys() && !pool.hasScope(name))) {
      return ANY;
    }
    return new Scoped(name, pool.outside(name));
  }

  Choice choose(Pool pool, String model, Set<String> asked, Instant now) {
    if (name.isEmpty()) {
      return pool.choose(model, asked, now);
    }
    if (!pool.hasScope(name)) {
      return new Choice.None("no key of " + name + " is stored");
    }
    var barred = new HashSet<>(outside);
    barred.addAll(asked);
    return pool.choose(model, barred, now);
  }
}
