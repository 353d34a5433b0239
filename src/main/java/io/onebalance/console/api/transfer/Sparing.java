package io.onebalance.console.api.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Lets so many through in a while, and no more: who makes off with a gateway key does not get all
/// keys again and again. Thread-safe.
final class Sparing {
  private final int most;
  private final Duration span;
  private final Deque<Instant> past = new ArrayDeque<>();

  Sparing(int most, Duration span) {
    this.most = most;
    this.span = span;
  }

  /// Counts one more, unless there were enough of late.
  synchronized boolean allows(Instant now) {
    while (!past.isEmpty() && !past.getFirst().isAfter(now.minus(span))) {
      past.removeFirst();
    }
    if (past.size() >= most) {
      return false;
    }
    past.addLast(now);
    return true;
  }
}
