package io.onebalance.key.roster;

import io.onebalance.key.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The health of each key, by its number: what changes with every request. Numbers in arrays, side
/// by side: a walk over the keys reads memory in order, and an answer leaves no garbage. Guarded by
/// the lock of the pool.
public final class HealthTable {
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

  private double[] worth = {};
  private long[] checked = {};
  private int[] inFlight = {};
  private double[] latency = {};
  private double[] success = {};
  private int[] failures = {};
  private long[] succeeded = {};

  /// Begins with the health of a key that is new under this number.
  public void begin(int number, Health health) {
    if (number >= worth.length) {
      grow(Math.max(16, 2 * number));
    }
    latency[number] = health.latency().toNanos();
    success[number] = health.successRate();
    failures[number] = health.consecutiveFailures();
    checked[number] = health.lastCheckedAt().toEpochMilli();
    succeeded[number] = health.lastSucceededAt().toEpochMilli();
    worth[number] = Math.max(LEAST_WORTH, success[number] * success[number]);
    inFlight[number] = 0;
  }

  /// Took so many nanoseconds; `usual` is what keys of the pool take.
  public void served(int number, double took, double usual, Instant now) {
    var time = now.toEpochMilli();
    latency[number] =
        succeeded[number] == 0
            ? took
            : blend(latency[number], took, weight(succeeded[number], time));
    success[number] = blend(success[number], 1, weight(checked[number], time));
    failures[number] = 0;
    checked[number] = time;
    succeeded[number] = time;
    worth[number] = worth(success[number], latency[number], usual);
  }

  public void failed(int number, Instant now) {
    var time = now.toEpochMilli();
    success[number] = blend(success[number], 0, weight(checked[number], time));
    failures[number] = Math.addExact(failures[number], 1);
    checked[number] = time;
    var healthy = success[number] * success[number];
    worth[number] = Math.max(LEAST_WORTH, Math.min(worth[number], healthy));
  }

  public void forgive(int number) {
    failures[number] = 0;
    worth[number] = 1;
  }

  public int failures(int number) {
    return failures[number];
  }

  public int inFlight(int number) {
    return inFlight[number];
  }

  public void inFlight(int number, int change) {
    inFlight[number] += change;
  }

  /// What a key is worth next to others, from nearly 0 to 1, at this time in milliseconds. It fades
  /// back to 1, so that a key that did badly is tried again.
  public double worth(int number, long now) {
    if (worth[number] >= 1) {
      return 1;
    }
    var elapsed = Math.max(0, now - checked[number]);
    return 1 - (1 - worth[number]) * HALVED_AFTER / (HALVED_AFTER + elapsed);
  }

  public Health health(int number) {
    return new Health(
        Duration.ofNanos(Math.round(latency[number])),
        success[number],
        failures[number],
        Instant.ofEpochMilli(checked[number]),
        Instant.ofEpochMilli(succeeded[number]));
  }

  private void grow(int size) {
    worth = Arrays.copyOf(worth, size);
    checked = Arrays.copyOf(checked, size);
    inFlight = Arrays.copyOf(inFlight, size);
    latency = Arrays.copyOf(latency, size);
    success = Arrays.copyOf(success, size);
    failures = Arrays.copyOf(failures, size);
    succeeded = Arrays.copyOf(succeeded, size);
  }

  private static double worth(double success, double latency, double usual) {
    var pace = latency <= TOLERANCE * usual ? 1 : Math.max(SLOWEST, TOLERANCE * usual / latency);
    return Math.max(LEAST_WORTH, success * success * pace);
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
