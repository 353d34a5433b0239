package io.onebalance;

import io.onebalance.console.api.Trials;
import io.onebalance.relay.exchange.Snapshot;
import io.onebalance.settings.Settings;
import io.onebalance.upkeep.Cleanup;
import io.onebalance.upkeep.CleanupJob;
import io.onebalance.upkeep.CleanupJob.Shift;
import io.onebalance.upkeep.Examiner;
import io.onebalance.upkeep.Schedule;
import io.onebalance.upkeep.Validation;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The looking after keys: by hand through the console, and by the schedule of the settings.
final class Upkeep implements AutoCloseable {
  private static final int PACE_SECONDS = 10;

  private final Trials trials;
  private final CleanupJob shift;
  private final InstantSource clock;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  /// What may change with the settings.
  record Current(Supplier<Settings> settings, Supplier<Snapshot> snapshot) {
    Examiner.Roads roads() {
      return new Examiner.Roads(() -> snapshot.get().catalogue(), () -> snapshot.get().way());
    }

    Cleanup.Action action() {
      return switch (settings.get().cleanup().action()) {
        case DELETE -> Cleanup.Action.DELETE;
        case BLOCK -> Cleanup.Action.BLOCK;
      };
    }

    Schedule schedule() {
      return Schedule.of(settings.get().cleanup().schedule());
    }
  }

  Upkeep(OpenStore stored, Current current, Examiner examiner, Shift shift, InstantSource clock) {
    var cleanup = new Cleanup(stored.keyring(), stored.pools(), examiner, current::action, clock);
    this.trials = new LiveTrials(new Validation(stored.keyring(), examiner), cleanup);
    this.shift = new CleanupJob(cleanup, current::schedule, shift);
    this.clock = clock;
  }

  /// Begins to look at the schedule.
  void begin() {
    beats.scheduleWithFixedDelay(
        () -> shift.check(clock.instant()), PACE_SECONDS, PACE_SECONDS, TimeUnit.SECONDS);
  }

  Trials trials() {
    return trials;
  }

  /// Stops a round that runs.
  @Override
  public void close() {
    beats.shutdownNow();
  }
}
