package io.onebalance.program.tell;

import io.onebalance.access.Admission;
import io.onebalance.access.Grants;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Knows whether somebody wrote a key where a model belongs: one of ours, or a provider's. Looks at
/// every key there is, so each word should be asked for once.
record KnownSecrets(Pools pools, Supplier<Grants> grants, InstantSource clock)
    implements Predicate<String> {
  @Override
  public boolean test(String word) {
    return isGatewayKey(word)
        || isGatewayKey(word.substring(word.lastIndexOf('/') + 1))
        || pools.all().values().stream().anyMatch(pool -> hasKey(pool, word));
  }

  /// One that has expired may be given another date.
  private boolean isGatewayKey(String word) {
    return !grants.get().admit(List.of(word), clock.instant()).equals(Admission.UNKNOWN);
  }

  private static boolean hasKey(Pool pool, String word) {
    return pool.keys().stream().anyMatch(key -> word.contains(key.secret().reveal()));
  }
}
