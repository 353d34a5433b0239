package io.onebalance.upkeep;

import io.onebalance.store.StoreTrouble;
import java.time.Instant;
import java.util.Optional;
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
  private final Shift shift;

  /// The schedule may change.
  public CleanupJob(Cleanup cleanup, Supplier<Schedule> schedule, Shift shift) {
    this.cleanup = cleanup;
    this.schedule = schedule;
    this.shift = shift;
  }

  /// Who runs the job, where several programs could. It may throw [StoreTrouble].
  public interface Shift {
    /// Since when nobody looked at the schedule; empty where that is another one's affair.
    Optional<Instant> since(Instant now);

    /// What fell due up to this moment is done.
    void done(Instant upTo);

    /// There is no other program; times before `now` are past.
    static Shift alone(Instant now) {
      return new Shift() {
        private Instant checked = now;

        @Override
        public Optional<Instant> since(Instant at) {
          return Optional.of(checked);
        }

        @Override
        public void done(Instant upTo) {
          checked = upTo;
        }
      };
    }
  }

  /// Cleans up if the schedule named a time since the last check. Where the store did not take it
  /// all, the next check does so again.
  public synchronized void check(Instant now) {
    try {
      shift
          .since(now)
          .ifPresent(since -> {
            if (schedule.get().falls(since, now)) {
              cleanup.run(ACTOR);
            }
            shift.done(now);
          });
    } catch (StoreTrouble away) {
      LOG.info("what of the cleanup is due is looked at later: {}", away.getMessage());
    } catch (RuntimeException failed) {
      LOG.error("the scheduled cleanup failed", failed);
    }
  }
}
