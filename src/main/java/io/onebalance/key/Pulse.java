package io.onebalance.key;

import java.time.Duration;
import java.time.Instant;

/// The health of a key as it is felt, and what it is worth next to the others. Numbers alone, since
/// each answer changes them: objects in their place would be most of the garbage. Guarded by the
/// lock of the pool.
final class Pulse {
  /// An observation weighs at least this much, however quickly it follows the one before.
  private static final double LEAST_WEIGHT = 0.05;

  /// After so long without an observation, the new one weighs about 63 % of the average.
  private static final double MEMORY = Duration.ofMinutes(10).toMillis();

  /// After so long, half of what a key lacks is forgiven.
  private static final double HALVED_AFTER = Duration.ofMinutes(10).toMillis();

  private static final double LEAST_WORTH = 0.05;

  /// How long an answer takes follows its length more than the key, so that only a key of more than
  /// twice the usual latency is thought slow, and loses at most three quarters of its turns.
  private static final double TOLERANCE = 2;

  private static final double SLOWEST = 0.25;

  private double latency;
  private double success = 1;
  private int failures;
  private long checked;
  private long succeeded;
  private double worth = 1;

  /// Took so many nanoseconds; `usual` is what keys of the pool take.
  void served(double took, double usual, Instant now) {
    var time = now.toEpochMilli();
    latency = succeeded == 0 ? took : blend(latency, took, weight(succeeded, time));
    success = blend(success, 1, weight(checked, time));
    failures = 0;
    checked = time;
    succeeded = time;
    var pace = latency <= TOLERANCE * usual ? 1 : Math.max(SLOWEST, TOLERANCE * usual / latency);
    worth = Math.max(LEAST_WORTH, success * success * pace);
  }

  void failed(Instant now) {
    var time = now.toEpochMilli();
    success = blend(success, 0, weight(checked, time));
    failures = Math.addExact(failures, 1);
    checked = time;
    worth = Math.max(LEAST_WORTH, Math.min(worth, success * success));
  }

  void forgive() {
    failures = 0;
    worth = 1;
  }

  void restore(Health health) {
    latency = health.latency().toNanos();
    success = health.successRate();
    failures = health.consecutiveFailures();
    checked = health.lastCheckedAt().toEpochMilli();
    succeeded = health.lastSucceededAt().toEpochMilli();
    worth = Math.max(LEAST_WORTH, success * success);
  }

  int failures() {
    return failures;
  }

  /// From nearly 0 to 1, at this time in milliseconds. It fades back to 1, so that a key that did
  /// badly is tried again.
  double worth(long now) {
    if (worth >= 1) {
      return 1;
    }
    var elapsed = Math.max(0, now - checked);
    return 1 - (1 - worth) * HALVED_AFTER / (HALVED_AFTER + elapsed);
  }

  Health health() {
    return new Health(
        Duration.ofNanos(Math.round(latency)),
        success,
        failures,
        Instant.ofEpochMilli(checked),
        Instant.ofEpochMilli(succeeded));
  }

  /// A first observation must not replace the neutral start as a whole: one failure at the first
  /// try would make a key the worst of all.
  private static double weight(long before, long now) {
    var elapsed = before == 0 ? 0 : Math.max(0, now - before);
    return elapsed == 0 ? LEAST_WEIGHT : Math.max(LEAST_WEIGHT, 1 - Math.exp(-elapsed / MEMORY));
  }

  private static double blend(double old, double fresh, double weight) {
    return old + weight * (fresh - old);
  }
}
