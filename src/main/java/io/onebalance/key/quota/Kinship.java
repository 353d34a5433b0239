package io.onebalance.key.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds keys that share a limit though nobody says so. Where keys are refused that have not used
/// what they may, few keys are used as far as they go, and the others only where those have no
/// room: then a refusal says much. Whoever shares a limit with a key is refused when both together
/// have used it up, and is served only when they have not. Which keys those are is narrowed down
/// until one is left, and that one is confirmed.
public final class Kinship {
  /// Such refusals per attempt make it likely that limits are shared.
  private static final double SUSPICIOUS = 0.02;

  private static final double LEAST = 4;
  private static final double MEMORY = 500;

  /// For so many windows a suspicion lasts after it was well founded.
  private static final int SUSPICION = 360;

  /// So often a last candidate must be confirmed.
  private static final int CONFIRMED = 3;

  /// More keys are not watched at a time.
  private static final int MOST = 4096;

  /// So often at most a hold is doubled, of a window at first.
  private static final int LONGEST_HOLD = 6;

  private final Quotas quotas;
  private final Map<Integer, Suspect> suspects = new HashMap<>();
  private final Map<Integer, Quota> proven = new HashMap<>();
  private double attempts;
  private double unexplained;
  private long until = Long.MIN_VALUE;

  private static final class Suspect {
    private @Nullable List<Integer> candidates;
    private int confirmed;
    private int row;

    /// What was asked before this says no more than that refusal did, however many come back.
    private long refusedAt = Long.MIN_VALUE;
  }

  public Kinship(Quotas quotas) {
    this.quotas = quotas;
  }

  /// Whether limits are thought to be shared.
  public boolean isSuspected(long now) {
    return now < until;
  }

  /// Whether this key is one of those that are used first while limits are thought to be shared.
  public boolean isProven(int number) {
    return proven.containsKey(number);
  }

  public void taken() {
    attempts++;
    if (attempts > MEMORY) {
      attempts /= 2;
      unexplained /= 2;
    }
  }

  /// The key served; tells whether it is one of the proven from now on.
  public boolean served(int number, Quota quota, long now) {
    if (!isSuspected(now)) {
      return false;
    }
    var suspect = suspects.get(number);
    if (suspect != null) {
      if (suspect.candidates != null) {
        suspect.candidates.removeIf(other -> exceeds(other, quota, now));
      }
      suspect.row = quota.isHalfUsed(now) ? 0 : suspect.row;
    }
    return proven.size() < MOST && proven.put(number, quota) == null;
  }

  /// The key was refused this though it had not used what it may. Tells with which key it shares
  /// its limit, where that is certain now; else -1.
  public int refused(int number, Use use, long now) {
    var quota = use.quota();
    if (quota == null) {
      return -1;
    }
    if (suspects.size() >= MOST) {
      suspects.clear();
    }
    var suspect = suspects.computeIfAbsent(number, _ -> new Suspect());
    if (use.at() < suspect.refusedAt) {
      return -1;
    }
    suspect.refusedAt = now;
    suspect(now);
    if (!isSuspected(now)) {
      return -1;
    }
    if (!quota.isHalfUsed(now) && isAnotherProven(number)) {
      proven.remove(number);
      suspect.row = Math.min(LONGEST_HOLD, suspect.row + 1);
      quota.hold(now + (quotas.minute() << (suspect.row - 1)));
    }
    return narrowed(suspect, number, quota, now);
  }

  /// Where all that serve share one limit, all are refused at once: one of them stays, or nobody
  /// would serve until the first hold is over.
  private boolean isAnotherProven(int number) {
    return proven.size() > (isProven(number) ? 1 : 0);
  }

  private void suspect(long now) {
    unexplained++;
    if (unexplained >= LEAST && unexplained > SUSPICIOUS * attempts) {
      until = now + SUSPICION * quotas.minute();
    }
  }

  private int narrowed(Suspect suspect, int number, Quota quota, long now) {
    var fitting = fitting(suspect, number, quota, now);
    suspect.candidates = fitting.isEmpty() ? null : fitting;
    suspect.confirmed = fitting.size() == 1 ? suspect.confirmed + 1 : 0;
    if (suspect.confirmed < CONFIRMED) {
      return -1;
    }
    suspects.remove(number);
    return fitting.getFirst();
  }

  /// Who may be it: those left of before, or else all that are proven, which together with this key
  /// have used up the limit and no more.
  private List<Integer> fitting(Suspect suspect, int number, Quota quota, long now) {
    var before = suspect.candidates == null ? proven.keySet() : suspect.candidates;
    var fitting = new ArrayList<Integer>();
    for (var other : before) {
      var theirs = quotas.of(other);
      if (other != number && theirs != null && theirs != quota && theirs.sharesFit(quota, now)) {
        fitting.add(other);
      }
    }
    return fitting;
  }

  private boolean exceeds(int other, Quota quota, long now) {
    var theirs = quotas.of(other);
    return theirs == null || theirs.together(quota, now) > theirs.requests().limit() + 1;
  }

  /// The clock was turned to this time.
  public void turned(long now) {
    until = Math.min(until, now + SUSPICION * quotas.minute());
    suspects.values().forEach(suspect -> suspect.refusedAt = Long.MIN_VALUE);
  }

  /// The key left, or has other limits.
  public void forget(int number) {
    proven.remove(number);
    suspects.remove(number);
  }
}
