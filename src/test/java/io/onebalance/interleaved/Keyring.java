package io.onebalance.interleaved;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A pool whose keys may run one request each at a time, and are known to.
final class Keyring {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String MODEL = "m";

  private Keyring() {}

  static Pool of(String... ids) {
    var pool = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("p");
    for (var id : ids) {
      pool.put(new ApiKey(id, "p", new Secret(id), "", "", 1, NOW), Standing.NEW, NOW);
    }
    for (var round = 0; round < 2; round++) { // a model is counted from its first answer on
      for (var id : ids) {
        if (pool.chooseOnly(id, MODEL, NOW) instanceof Choice.Chosen(var slot)) {
          tell(slot);
        }
      }
    }
    return pool;
  }

  private static void tell(Slot slot) {
    var one = new Allowance(Kind.CONCURRENT, Window.UNKNOWN, 1, 1, Optional.empty());
    slot.told(List.of(one), NOW);
    serve(slot);
  }

  static void serve(Slot slot) {
    settle(slot, new Verdict.Served());
  }

  static void settle(Slot slot, Verdict verdict) {
    slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(5)), NOW);
  }
}
