package io.onebalance.key.pool;

import io.onebalance.key.lane.Lanes;
import io.onebalance.key.roster.Roster;
import java.time.Duration;
import java.time.Instant;

/// Notices a clock that goes back. Threads read the clock before they queue for the lock, and may
/// be stopped in between: on a busy machine for seconds, and longer where the whole program stood
/// still. So a time that lies behind is a turn only where all that come after it lie behind as
/// well, for a second of their own, or where no thread is that late. The pool's lock guards it.
final class ClockTurns {
  private static final long DISORDER = Duration.ofSeconds(1).toMillis();
  private static final long LATEST = Duration.ofMinutes(10).toMillis();

  private final Roster roster;
  private final Lanes lanes;
  private long highest = Long.MIN_VALUE;
  private long behindSince = Long.MAX_VALUE;

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
    if (highest == Long.MIN_VALUE || time >= highest - DISORDER) {
      highest = Math.max(highest, time);
      behindSince = Long.MAX_VALUE;
      return false;
    }
    behindSince = Math.min(behindSince, time);
    var turned = time < highest - LATEST || time - behindSince >= DISORDER;
    if (turned) {
      highest = time;
      behindSince = Long.MAX_VALUE;
    }
    return turned;
  }
}
