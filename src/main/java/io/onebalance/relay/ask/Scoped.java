package io.onebalance.relay.ask;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Pool;
import io.onebalance.relay.plan.Errand;
import java.util.HashSet;
import java.util.Optional;
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

  /// The same ask for keys of the resource; empty where there are none.
  Optional<Ask> ask(Pool pool, Ask ask) {
    if (name.isEmpty()) {
      return Optional.of(ask);
    }
    if (!pool.hasScope(name)) {
      return Optional.empty();
    }
    var barred = new HashSet<>(outside);
    barred.addAll(ask.asked());
    return Optional.of(ask.without(barred));
  }

  String missing() {
    return "no key of " + name + " is stored";
  }
}
