package io.onebalance.key.quota.gauge;

/// What others use of a key's limit, as far as the provider tells or a refusal shows. Most keys are
/// used by nobody else and have none of this. Times are in milliseconds since 1970.
final class Others {
  private long used;
  private long until;
  private long toldAt = Long.MIN_VALUE;
  private long filledAt;

  /// What counts at this time.
  long used(long now) {
    return now < until ? used : 0;
  }

  /// Until when it counts.
  long until() {
    return until;
  }

  /// The provider says that it is this, until then.
  void tell(long amount, long end, long now) {
    used = amount;
    toldAt = now;
    until = end;
  }

  /// A refusal shows that it is at least this.
  void lack(long amount, long end, long now) {
    var before = used(now);
    used = Math.max(before, amount);
    until = before > 0 ? Math.max(until, end) : end;
    filledAt = now;
  }

  /// So much of it turned out to be our own.
  void take(long amount) {
    used = Math.max(0, used - amount);
  }

  /// The same of something that happened then: what the provider told since knows of it.
  void take(long amount, long then) {
    if (then <= toldAt) {
      take(amount);
    }
  }

  /// What was tried at that time was served, when `left` was all they had left. What was told
  /// since, with this very answer perhaps, still holds.
  void disprove(long then, long left) {
    if (used > 0 && then > Math.max(filledAt, toldAt) && used >= left) {
      used = 0;
    }
  }
}
