package io.onebalance.key.quota.guess;

import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Instant;
import java.util.Optional;

/// How many requests of a key may run at once for a model, as far as that is known. How many do,
/// its quota counts: most keys never meet such a limit, and have none of this.
///
/// Some providers name that limit, in fields or in a refusal. Of others only requests that run
/// beside others are refused: then so many as ran are thought to be the limit, until the key shows
/// that it is not. If it is refused with less running, it was what it had asked in a minute; if it
/// is served more in the same time, it was what ran.
public final class Running {
  static final int UNKNOWN = Integer.MAX_VALUE;

  /// Whatever runs may end any moment.
  static final long SOON = 1000;

  private static final long SURE = -1;
  private static final long MINUTE = 60_000;

  /// So long counts what was seen of others that use the key too.
  private static final long LOWERED = 5000;

  /// After so many requests that were served one may go beyond a limit.
  private static final int PACE = 200;

  private static final long FIRST_GAP = 30_000;
  private static final long LONGEST_GAP = 900_000;

  private final Clues clues;
  private int limit = UNKNOWN;
  private boolean told;
  private long doubt = SURE;
  private long doubtedAt;
  private Need doubtedNeed = Need.NONE;
  private int lowered;
  private long loweredUntil = Long.MIN_VALUE;
  private int served;
  private long gap = FIRST_GAP;
  private long refusedAt = Long.MIN_VALUE;

  public Running(Clues clues) {
    this.clues = clues;
  }

  int limit() {
    return limit;
  }

  public boolean isKnown() {
    return limit != UNKNOWN;
  }

  public boolean hasRoom(int running, long now) {
    return running < limit && (now >= loweredUntil || running < lowered);
  }

  public long roomAt(int running, long now) {
    return hasRoom(running, now) ? now : now + SOON;
  }

  /// The provider says how many there may be at once, and how many more there might be now; so many
  /// run.
  public void tell(long most, long left, int running, long now) {
    limit = Math.clamp(most, 1, UNKNOWN - 1);
    told = true;
    doubt = SURE;
    if (running + left < limit) {
      lower((int) (running + left), now);
    }
  }

  /// Others use the key as well, so that less of ours can run for a while.
  private void lower(int most, long now) {
    lowered = Math.max(1, most);
    loweredUntil = now + LOWERED;
  }

  /// A refusal names this limit, and may be its size; so many others ran when it was asked.
  public Finding named(Optional<Long> size, int others, long now) {
    size.filter(value -> value > 0).ifPresent(value -> tell(value, value, 0, now));
    if (others == 0) {
      return Finding.UNEXPLAINED;
    }
    if (size.isPresent() || (told && others < limit)) {
      lower(Math.min(others, limit), now);
    } else {
      learn(others, now);
    }
    clues.crowds();
    return Finding.CROWDED;
  }

  /// A refusal names nothing; so much was asked in the last minute. Whether it is thought to be
  /// because of the `others` that ran when it was asked for this.
  public boolean refused(int others, Need need, long asked, long now) {
    if (others == 0 || (isKnown() && others < limit && !clues.onlyCrowds())) {
      giveUp();
      clues.counts();
      return false;
    }
    if (clues.onlyCounts()) {
      return false;
    }
    var first = !isKnown();
    learn(others, now);
    if (first && !clues.onlyCrowds()) {
      doubt = asked;
      doubtedAt = now;
      doubtedNeed = need;
    }
    return true;
  }

  private void learn(int others, long now) {
    limit = Math.min(limit, others);
    gap = refusedAt == Long.MIN_VALUE ? FIRST_GAP : Math.min(LONGEST_GAP, 2 * gap);
    refusedAt = now;
    served = 0;
  }

  private void giveUp() {
    if (doubt != SURE) {
      limit = UNKNOWN;
      doubt = SURE;
    }
  }

  /// A request for this was served beside `others`; before it so much was asked in the last minute.
  /// More in the minute of the clock than was refused shows what the limit is of; across a turn of
  /// the clock twice as much does. One that needs fewer tokens than what was refused shows nothing.
  public void served(int others, Need need, long asked, long now) {
    served++;
    if (others >= limit) {
      limit = others + 1;
      told = false;
      gap = FIRST_GAP;
      served = PACE;
      clues.lifted(limit, now);
    }
    if (doubt != SURE
        && need.isAtLeast(doubtedNeed)
        && (asked > 2 * doubt || (asked > doubt && now / MINUTE == doubtedAt / MINUTE))) {
      doubt = SURE;
      clues.crowds();
    }
  }

  /// Whether one more may run than is known to be well, to see whether that still holds.
  public boolean mayTry(int running, long now) {
    if (running != limit || told || now < loweredUntil) {
      return false;
    }
    return clues.isLifted(limit, refusedAt, now) || (served >= PACE && now >= refusedAt + gap);
  }

  /// The clock was turned to this time.
  public void turned(long now) {
    loweredUntil = Long.MIN_VALUE;
    refusedAt = Math.min(refusedAt, now);
  }

  /// What was known before a restart.
  public void recall(Learnt known) {
    limit = (int) Math.min(known.limit(), UNKNOWN - 1);
    told = known.told();
  }

  public Level level(int running) {
    return new Level(Kind.CONCURRENT, Window.UNKNOWN, limit, told, running);
  }

  public Measured measured(int running, long now, long heldUntil) {
    var room = Instant.ofEpochMilli(Math.max(heldUntil, roomAt(running, now)));
    return new Measured(Kind.CONCURRENT, Window.UNKNOWN, limit, told, running, room);
  }
}
