package io.onebalance.upstream.fetch;

import java.util.function.LongPredicate;

/// How many bytes the links of one request may come to, all together. `others` is asked of each sum
/// whether there is room for that beside other requests. Confined to one thread.
public final class Room {
  private final long most;
  private final LongPredicate others;
  private long taken;

  public Room(long most, LongPredicate others) {
    this.most = most;
    this.others = others;
  }

  /// Takes so many; says whether the request may have them.
  boolean take(int bytes) {
    taken += bytes;
    return taken <= most;
  }

  /// Whether there is room for what was taken beside other requests.
  boolean isThere() {
    return others.test(taken);
  }
}
