package io.onebalance.key.pool;

import io.onebalance.key.lane.Lanes;
import io.onebalance.key.roster.Roster;
import java.time.Duration;
import java.time.Instant;

/// Notices a clock that goes back. Threads read the clock before they queue for the lock, so that a
/// second of disorder is no turn. The pool's lock guards it.
final class ClockTurns {
  private static final long DISORDER = Duration.ofSeconds(1).toMillis();

  private final Roster roster;
  private final Lanes lanes;
  private long highest = Long.MIN_VALUE;

  ClockTurns(Roster roster, Lanes lanes) {
    this.roster = roster;
    this.lanes = lanes;
  }

  /// After the clock went back, no rest may last longer than it was meant to.
  void notice(Instant now) {
    if (turned(now)) {
      lanes.turned(now.toEpochMilli());
      roster.each(member -> {
        member.rewind(now);
        lanes.placeFully(member);
      });
    }
  }

  private boolean turned(Instant now) {
    var time = now.toEpochMilli();
    var turned = highest != Long.MIN_VALUE && time < highest - DISORDER;
    highest = turned ? time : Math.max(highest, time);
    return turned;
  }
}
