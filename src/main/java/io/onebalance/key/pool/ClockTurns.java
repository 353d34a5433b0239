package io.onebalance.key.pool;

import java.time.Duration;
import java.time.Instant;

/// Notices a clock that goes back. Threads read the clock before they queue for the lock, so that a
/// second of disorder is no turn.
final class ClockTurns {
  private static final long DISORDER = Duration.ofSeconds(1).toMillis();

  private long highest = Long.MIN_VALUE;

  boolean turned(Instant now) {
    var time = now.toEpochMilli();
    var turned = highest != Long.MIN_VALUE && time < highest - DISORDER;
    highest = turned ? time : Math.max(highest, time);
    return turned;
  }
}
