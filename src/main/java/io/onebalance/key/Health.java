package io.onebalance.key;

import java.time.Duration;
import java.time.Instant;

/// How a key has done of late: moving averages of its latency when it serves and of its success (0
/// to 1), its failures in a row, and when it was last asked and last served. `Instant.EPOCH` means
/// never. Only what a key is to blame for counts as its failure.
public record Health(
    Duration latency,
    double successRate,
    int consecutiveFailures,
    Instant lastCheckedAt,
    Instant lastSucceededAt) {
  /// Of a key that was never asked.
  public static final Health NEW = new Health(Duration.ZERO, 1, 0, Instant.EPOCH, Instant.EPOCH);

  /// An observation weighs at least this much, however quickly it follows the one before.
  private static final double LEAST_WEIGHT = 0.05;

  /// After so long without an observation, the old average and the new one weigh about 37 to 63.
  private static final Duration MEMORY = Duration.ofMinutes(10);

  public Health {
    if (!(successRate >= 0 && successRate <= 1)) {
      throw new IllegalArgumentException("success rate is " + successRate + "; allowed: 0 to 1");
    }
  }

  Health served(Duration took, Instant now) {
    var weight = weight(lastCheckedAt, now);
    return new Health(latencyAfter(took, now), blend(successRate, 1, weight), 0, now, now);
  }

  Health failed(Instant now) {
    var rate = blend(successRate, 0, weight(lastCheckedAt, now));
    var failures = Math.addExact(consecutiveFailures, 1);
    return new Health(latency, rate, failures, now, lastSucceededAt);
  }

  Health forgiven() {
    return new Health(latency, successRate, 0, lastCheckedAt, lastSucceededAt);
  }

  private Duration latencyAfter(Duration took, Instant now) {
    if (lastSucceededAt.equals(Instant.EPOCH)) {
      return took;
    }
    var nanos =
        blend((double) latency.toNanos(), (double) took.toNanos(), weight(lastSucceededAt, now));
    return Duration.ofNanos(Math.round(nanos));
  }

  /// The first observation would replace the neutral start as a whole: one failure at the first try
  /// must not make a key the worst of all, so it weighs as one that came quickly.
  private static double weight(Instant before, Instant now) {
    if (before.equals(Instant.EPOCH)) {
      return LEAST_WEIGHT;
    }
    var elapsed = Math.max(0, now.toEpochMilli() - before.toEpochMilli());
    return Math.max(LEAST_WEIGHT, 1 - Math.exp(-(double) elapsed / MEMORY.toMillis()));
  }

  private static double blend(double old, double fresh, double weight) {
    return Math.clamp(old + weight * (fresh - old), Math.min(old, fresh), Math.max(old, fresh));
  }
}
