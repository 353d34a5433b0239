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

  public Health {
    if (!(successRate >= 0 && successRate <= 1)) {
      throw new IllegalArgumentException("success rate is " + successRate + "; allowed: 0 to 1");
    }
  }
}
