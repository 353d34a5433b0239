package io.onebalance.relay.ask.again;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to rest before the same endpoint is asked again: full jitter, so that many requests
/// that failed together do not come back together.
final class Backoff {
  private static final long FIRST_MS = 50;
  private static final long LONGEST_MS = 2000;

  private Backoff() {}

  /// `failures` is how many there were, at least one: the first rest is at most 50 ms (F1), each
  /// further one at most twice as long as the one before, and none longer than what is `left` of
  /// the request's time (P1).
  static Duration before(int failures, Duration left, RandomGenerator chance) {
    var most = Math.min(LONGEST_MS, FIRST_MS << Math.min(10, Math.max(0, failures - 1)));
    var rest = chance.nextLong(most + 1);
    return Duration.ofMillis(Math.clamp(left.toMillis(), 0, rest));
  }
}
