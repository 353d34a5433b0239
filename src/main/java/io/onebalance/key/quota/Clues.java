package io.onebalance.key.quota;

/// What refusals that say nothing have shown of the limits of one model's keys so far, so that each
/// key need not find out for itself.
final class Clues {
  /// So long the keys with a smaller limit may follow one that was served beyond it.
  private static final long FOLLOWING = 600_000;

  private boolean counts;
  private boolean crowds;
  private int lifted;
  private long liftedUntil = Long.MIN_VALUE;

  /// A key was refused though nothing else of it ran, or less than was well before.
  void counts() {
    counts = true;
  }

  /// A key was refused, and then served more in the same time, as less of it ran at once.
  void crowds() {
    crowds = true;
  }

  /// Whether refusals follow what is asked in a minute, as far as was seen.
  boolean onlyCounts() {
    return counts && !crowds;
  }

  /// Whether refusals follow what runs at once, as far as was seen.
  boolean onlyCrowds() {
    return crowds && !counts;
  }

  boolean doCrowd() {
    return crowds;
  }

  /// So many ran at once, and were served.
  void lifted(int limit, long now) {
    lifted = now < liftedUntil ? Math.max(lifted, limit) : limit;
    liftedUntil = now + FOLLOWING;
  }

  /// Whether another key was served with more at once than this, since then.
  boolean isLifted(int limit, long since, long now) {
    return limit < lifted && now < liftedUntil && since < liftedUntil - FOLLOWING;
  }
}
