package io.onebalance.relay.ask.want;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Pool;
import io.onebalance.relay.plan.errand.Errand;
import java.util.Optional;

/// Which keys of a pool a request may go to: all, or those that belong to the resource that its
/// path names.
public record Scoped(String name) {
  private static final Scoped ANY = new Scoped("");

  public static Scoped of(Errand errand, Pool pool) {
    var name = errand.scope();
    if (name.isEmpty() || (errand.provider().lendsKeys() && !pool.hasScope(name))) {
      return ANY;
    }
    return new Scoped(name);
  }

  /// The same ask for keys of the resource; empty where there are none.
  public Optional<Ask> ask(Pool pool, Ask ask) {
    return name.isEmpty() || pool.hasScope(name) ? Optional.of(ask.within(name)) : Optional.empty();
  }

  public String missing() {
    return "no key of " + name + " is stored";
  }
}
