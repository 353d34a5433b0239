package io.onebalance.program;

import io.onebalance.cluster.Leases;
import io.onebalance.console.api.Trials;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.settings.Settings;
import io.onebalance.store.StoreTrouble;
import io.onebalance.upkeep.Cleanup;
import io.onebalance.upkeep.CleanupJob;
import io.onebalance.upkeep.CleanupJob.Shift;
import io.onebalance.upkeep.Examiner;
import io.onebalance.upkeep.Recovery;
import io.onebalance.upkeep.Schedule;
import io.onebalance.upkeep.Validation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The looking after keys: by hand through the console, and by the schedule of the settings.
final class Upkeep implements AutoCloseable {
  private static final int PACE_SECONDS = 10;
  private static final int RECOVERY_PACE_SECONDS = 60;
  private static final String RECOVERY = "recovery";
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Trials trials;
  private final CleanupJob shift;
  private final Recovery recovery;
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

  /// Who does the jobs, where several instances could.
  record Shifts(Shift cleanup, BooleanSupplier recovery) {
    static Shifts of(Optional<Leases> leases, Instant now) {
      return leases
          .map(shared ->
              new Shifts(new SharedShift(shared), () -> shared.take(RECOVERY).isPresent()))
          .orElseGet(() -> new Shifts(Shift.alone(now), () -> true));
    }
  }

  Upkeep(OpenStore stored, Current current, Examiner examiner, Shifts shifts, InstantSource clock) {
    var cleanup = new Cleanup(stored.keyring(), stored.pools(), examiner, current::action, clock);
    this.trials = new LiveTrials(new Validation(stored.keyring(), examiner), cleanup);
    this.shift = new CleanupJob(cleanup, current::schedule, shifts.cleanup());
    this.recovery = new Recovery(stored.keyring(), stored.pools(), examiner, shifts.recovery());
    this.clock = clock;
  }

  /// Begins to look at the schedule, and after keys that may come back.
  void begin() {
    beats.scheduleWithFixedDelay(
        this::recover, RECOVERY_PACE_SECONDS, RECOVERY_PACE_SECONDS, TimeUnit.SECONDS);
    beats.scheduleWithFixedDelay(
        () -> shift.check(clock.instant()), PACE_SECONDS, PACE_SECONDS, TimeUnit.SECONDS);
  }

  /// A round that fails is told in the log, and there is a next one.
  private void recover() {
    try {
      var back = recovery.check(clock.instant());
      if (!back.isEmpty()) {
        LOG.info("keys that came back: {}", back);
      }
    } catch (StoreTrouble away) {
      LOG.info("keys that may come back are tested later: {}", away.getMessage());
    } catch (RuntimeException failed) {
      LOG.error("keys could not be tested again", failed);
    }
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
