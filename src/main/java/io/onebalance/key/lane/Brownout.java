package io.onebalance.key.lane;

import io.onebalance.key.roster.TakenState;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Notices when a provider fails whichever key is asked, and leaves it alone for a while: seconds
/// at first, longer while it goes on failing, with one request at a time to try. Once that is
/// answered the others come back step by step. No key is to blame, and none rests for it. Guarded
/// by the lock of the pool.
public final class Brownout {
  /// So many failures in a row, of more than one key where there are more, without any answer.
  private static final int ROW = 8;

  private static final long FIRST = 1000;
  private static final long LONGEST = 20_000;

  /// Failures that may be a request's doing make others wait for no longer than this.
  private static final long LONGEST_OF_FAULTS = 5000;

  /// While one tries, the others look again after this.
  private static final long SOON = 1000;

  /// Who tries and hears nothing for so long is not waited for: whoever thinks does not fail.
  private static final long LONGEST_TRIAL = Duration.ofSeconds(10).toMillis();

  /// All that waited would come at once, and a provider that is just back would fail again: so many
  /// requests in the first step, in milliseconds, and twice as many altogether after each.
  private static final int AT_FIRST = 4;

  private static final long STEP = 250;
  private static final long STEPS = 8;

  private int row;
  private int last = -1;
  private boolean several;
  private long gap;
  private long until;
  private @Nullable TakenState trial;
  private long triedAt;

  /// When it answered again, and how many were asked since.
  private long backAt = Long.MIN_VALUE;

  private int asked;

  /// As far as it is known, for those who are asked apart from now on.
  Brownout copy() {
    var copy = new Brownout();
    copy.row = row;
    copy.last = last;
    copy.several = several;
    copy.gap = gap;
    copy.until = until;
    copy.trial = trial;
    copy.triedAt = triedAt;
    copy.backAt = backAt;
    copy.asked = asked;
    return copy;
  }

  /// How long no key is given out, in milliseconds: 0 where nothing is wrong, or one may try.
  public long left(long now) {
    if (gap == 0) {
      return untilNextStep(now);
    }
    if (trial != null && now - triedAt < LONGEST_TRIAL) {
      return SOON;
    }
    return Math.max(0, until - now);
  }

  private long untilNextStep(long now) {
    if (backAt == Long.MIN_VALUE) {
      return 0;
    }
    var step = (now - backAt) / STEP;
    return step >= STEPS || asked < AT_FIRST << step ? 0 : backAt + (step + 1) * STEP - now;
  }

  /// A key was given out; while the provider fails, this one tries.
  public void taken(TakenState seen, long now) {
    asked = Math.min(asked + 1, AT_FIRST << STEPS);
    if (gap > 0) {
      trial = seen;
      triedAt = now;
    }
  }

  /// Something was heard of the provider.
  public void heard(TakenState seen, Verdict verdict, boolean alone, long now) {
    switch (verdict) {
      case Verdict.Overloaded _ -> failed(seen, LONGEST, alone, now);
      case Verdict.Faulted _ -> failed(seen, LONGEST_OF_FAULTS, alone, now);
      case Verdict.Served _,
          Verdict.Mistaken _,
          Verdict.Dead _,
          Verdict.Doubted _,
          Verdict.NoAccess _,
          Verdict.Unpermitted _,
          Verdict.Limited _,
          Verdict.Exhausted _ -> {
        row = 0;
        several = false;
        trial = null;
        comeBack(now);
      }
      case Verdict.Astray _ -> nothing(seen);
    }
  }

  private void comeBack(long now) {
    if (gap > 0) {
      gap = 0;
      backAt = now;
      asked = 0;
    }
  }

  /// Nothing was learnt.
  public void nothing(TakenState seen) {
    if (seen.equals(trial)) {
      trial = null;
    }
  }

  /// The clock was turned to this time.
  void turned(long now) {
    until = Math.min(until, now + gap);
    triedAt = Math.min(triedAt, now);
    backAt = Math.min(backAt, now);
  }

  private void failed(TakenState seen, long longest, boolean alone, long now) {
    row++;
    several |= last >= 0 && last != seen.number();
    last = seen.number();
    if (gap > 0 && seen.equals(trial)) {
      trial = null;
      gap = Math.min(longest, 2 * gap);
      until = now + gap;
    } else if (gap == 0 && row >= ROW && (several || alone)) {
      gap = FIRST;
      until = now + gap;
    }
  }
}
