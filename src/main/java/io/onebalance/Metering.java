package io.onebalance;

import io.onebalance.access.Admission;
import io.onebalance.access.Grants;
import io.onebalance.key.Pool;
import io.onebalance.key.Pools;
import io.onebalance.ledger.Entry;
import io.onebalance.metrics.Exposition;
import io.onebalance.metrics.Gauges;
import io.onebalance.metrics.Machine;
import io.onebalance.metrics.Meters;
import io.onebalance.server.Desk;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Everything that `/metrics` tells: what was counted, and what is seen when it is asked.
final class Metering {
  private final Meters meters;
  private final Readings readings;
  private final MetricsDesk.Door door;
  private final Pools pools;

  Metering(Readings readings, BooleanSupplier open, Supplier<Grants> grants, InstantSource clock) {
    this.readings = readings;
    this.pools = readings.pools();
    this.door = new MetricsDesk.Door(open, grants, clock);
    this.meters = new Meters(word -> isSecret(word, grants.get(), clock));
  }

  /// Counts what happened to requests.
  void heard(List<Entry> entries) {
    meters.heard(entries);
  }

  /// The desk with the metrics, and with what is beside them.
  Desk desk(Optional<Desk> beside) {
    return new MetricsDesk(beside, door, this::tell);
  }

  private Exposition tell(String accept) {
    var all = new ArrayList<>(meters.snapshots());
    all.addAll(Gauges.of(readings.moment()));
    all.addAll(Machine.snapshots());
    return Exposition.of(all, accept);
  }

  /// Whether somebody wrote a key where a model belongs.
  private boolean isSecret(String word, Grants grants, InstantSource clock) {
    return grants.admit(List.of(word), clock.instant()) instanceof Admission.Admitted
        || pools.all().values().stream().anyMatch(pool -> hasKey(pool, word));
  }

  private static boolean hasKey(Pool pool, String word) {
    return pool.keys().stream().anyMatch(key -> word.contains(key.secret().reveal()));
  }
}
