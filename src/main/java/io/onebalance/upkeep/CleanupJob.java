package io.onebalance.upkeep;

import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the cleanup when its schedule says so. It has no clock: somebody calls [#check] now and
/// then. Thread-safe.
public final class CleanupJob {
  private static final Logger LOG = LoggerFactory.getLogger(CleanupJob.class);
  private static final String ACTOR = "cleanup.schedule";

  private final Cleanup cleanup;
  private final Supplier<Schedule> schedule;
  private Instant checked;

  /// The schedule may change; times before `now` are past.
  public CleanupJob(Cleanup cleanup, Supplier<Schedule> schedule, Instant now) {
    this.cleanup = cleanup;
    this.schedule = schedule;
    this.checked = now;
  }

  /// Cleans up if the schedule named a time since the last check. A round that fails is told in the
  /// log, and there is a next one.
  public synchronized void check(Instant now) {
    var due = schedule.get().falls(checked, now);
    checked = now;
    if (due) {
      run();
    }
  }

  private void run() {
    try {
      cleanup.run(ACTOR).forEach((provider, cleaned) -> LOG.info("{}: {}", provider, cleaned));
    } catch (RuntimeException failed) {
      LOG.error("the scheduled cleanup failed", failed);
    }
  }
}
