package io.onebalance.key;

import java.time.Duration;

/// How well a key does next to the others, from nearly 0 to 1, as of a time in milliseconds. It
/// fades back to 1, so that a key that did badly is tried again.
record Vigour(double worth, long asOf) {
  static final Vigour FULL = new Vigour(1, 0);

  private static final double HALVED_AFTER = Duration.ofMinutes(10).toMillis();
  private static final double LEAST = 0.05;
  private static final double SLOWEST = 0.25;

  /// How long an answer takes follows its length more than the key, so that only a key of more than
  /// twice the usual latency is thought slow, and loses at most three quarters of its turns.
  private static final double TOLERANCE = 2;

  /// Of a key, given the usual latency of its pool in nanoseconds.
  static Vigour of(Health health, double usual) {
    var slow = health.latency().toNanos();
    var pace = slow <= TOLERANCE * usual ? 1 : Math.max(SLOWEST, TOLERANCE * usual / slow);
    var worth = Math.max(LEAST, health.successRate() * health.successRate() * pace);
    return new Vigour(worth, health.lastCheckedAt().toEpochMilli());
  }

  double at(long now) {
    if (worth >= 1) {
      return 1;
    }
    var elapsed = Math.max(0, now - asOf);
    return 1 - (1 - worth) * HALVED_AFTER / (HALVED_AFTER + elapsed);
  }
}
