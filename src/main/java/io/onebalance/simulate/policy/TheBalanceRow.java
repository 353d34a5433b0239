package io.onebalance.simulate.policy;

/// What the seed thebalance keeps of a key, with its whole-number arithmetic. Times are
/// milliseconds, but for what it counts in seconds itself.
final class TheBalanceRow {
  private static final int RECOVERY_THRESHOLD = 5;
  private static final long PROBATION = 3600;
  private static final long RECENT = 300;

  boolean blocked;
  long outUntil;
  long latency;
  long success = 1000;
  long failures;
  private final long[] coolingUntil;
  private long checkedAt;
  private long succeededAt;

  TheBalanceRow(int models) {
    coolingUntil = new long[models];
  }

  void served(long took, long now) {
    latency = took;
    success = (success * 99 + 1000) / 100;
    failures = 0;
    checkedAt = now / 1000;
    succeededAt = now / 1000;
  }

  void failed(long took, long now) {
    latency = took;
    success = success * 99 / 100;
    failures++;
    checkedAt = now / 1000;
  }

  void block(long until) {
    blocked = true;
    outUntil = until;
  }

  /// A running rest stays as it is in the table.
  void cool(int model, long now, long rest) {
    outUntil = now + rest;
    if (coolingUntil[model] <= now) {
      coolingUntil[model] = now + rest;
    }
  }

  boolean isCooling(long now) {
    for (var until : coolingUntil) {
      if (until > now) {
        return true;
      }
    }
    return false;
  }

  boolean isUsable(long now) {
    return !blocked
        && !isCooling(now)
        && (failures < RECOVERY_THRESHOLD || now / 1000 - checkedAt > PROBATION);
  }

  long score(long now) {
    var recent = succeededAt > 0 && now / 1000 - succeededAt < RECENT ? 10 : 0;
    return 10_000 - latency + success - 50 * failures + recent;
  }
}
