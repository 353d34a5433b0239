package io.onebalance.key.quota.gauge;

/// Finds out whether a provider's minutes begin anew with the clock, from when it says that there
/// is room again. In a window that rolls that falls anywhere in a minute; where it is at a full one
/// again and again, in many minutes and from anywhere within them, the clock turns them. The same
/// shows that it does not, or no longer.
final class FullMinutes {
  /// Clocks differ, and whole seconds are rounded up.
  private static final long EARLY = 300;

  private static final long LATE = 1300;

  /// So often in a row, each time in another minute and that part of one later within it: who asks
  /// with the clock himself would be told so by any provider.
  private static final int ENOUGH = 6;

  private static final int APART = 4;

  /// So often in a row the opposite.
  private static final int REFUTED = 3;

  private final long length;
  private boolean byClock;
  private int signs;
  private int others;
  private long next = Long.MIN_VALUE;
  private long shortest;
  private long longest;

  FullMinutes(long length) {
    this.length = length;
  }

  boolean areByClock() {
    return byClock;
  }

  /// Whether the clock's minute may end at this time.
  boolean isFull(long end) {
    return Math.floorMod(end + EARLY, length) <= EARLY + LATE;
  }

  /// The provider says that there is room again at `end`. What is as long as the window tells
  /// nothing: who does not know says so, too.
  void heard(long end, long now) {
    var rest = end - now;
    if (rest <= 0 || rest >= length || now < next) {
      return;
    }
    next = now + length + length / APART;
    if (isFull(end)) {
      sign(rest);
    } else {
      signs = 0;
      byClock &= ++others < REFUTED;
    }
  }

  /// The clock was turned to this time.
  void turned(long now) {
    next = Math.min(next, now + length + length / APART);
  }

  private void sign(long rest) {
    shortest = signs == 0 ? rest : Math.min(shortest, rest);
    longest = signs == 0 ? rest : Math.max(longest, rest);
    signs++;
    others = 0;
    byClock |= signs >= ENOUGH && longest - shortest >= length / APART;
  }
}
