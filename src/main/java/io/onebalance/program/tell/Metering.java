package io.onebalance.program.tell;

import io.onebalance.ledger.Entry;
import io.onebalance.metrics.Exposition;
import io.onebalance.metrics.Gauges;
import io.onebalance.metrics.Machine;
import io.onebalance.metrics.Meters;
import io.onebalance.server.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Everything that `/metrics` tells: what was counted, and what is seen when it is asked.
public final class Metering {
  private final Meters meters;
  private final Readings readings;
  private final MetricsDesk.Door door;

  Metering(Readings readings, Predicate<String> secrets, MetricsDesk.Door door) {
    this.readings = readings;
    this.door = door;
    this.meters = new Meters(secrets);
  }

  /// Counts what happened to requests.
  public void heard(List<Entry> entries) {
    meters.heard(entries);
  }

  /// The desk with the metrics, and with what is beside them.
  public Desk desk(Optional<Desk> beside) {
    return new MetricsDesk(beside, door, this::tell);
  }

  private Exposition tell(String accept) {
    var all = new ArrayList<>(meters.snapshots());
    all.addAll(Gauges.of(readings.moment()));
    all.addAll(Machine.snapshots());
    return Exposition.of(all, accept);
  }
}
