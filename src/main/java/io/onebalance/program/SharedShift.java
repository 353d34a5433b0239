package io.onebalance.program;

import io.onebalance.cluster.Leases;
import io.onebalance.upkeep.CleanupJob.Shift;
import java.time.Instant;
import java.util.Optional;

/// The cleanup of several instances: one of them runs it. When that one dies, the next one runs
/// what fell due since it was last done (F77).
final class SharedShift implements Shift {
  private static final String JOB = "cleanup";

  private final Leases leases;
  private long fence;

  SharedShift(Leases leases) {
    this.leases = leases;
  }

  @Override
  public Optional<Instant> since(Instant now) {
    var held = leases.take(JOB);
    held.ifPresent(lease -> fence = lease.fence());
    return held.map(lease -> lease.done().orElse(now));
  }

  @Override
  public void done(Instant upTo) {
    leases.done(JOB, fence, upTo);
  }
}
