package io.onebalance.key;

import io.onebalance.secret.Secret;
import java.time.Instant;

/// A provider key as it was stored. `account` groups keys that share a quota or a bill and may be
/// empty; `weight` is its share among equals, 1 to 100.
public record ApiKey(
    String id,
    String provider,
    Secret secret,
    String account,
    String remark,
    int weight,
    Instant createdAt) {
  public static final int HEAVIEST = 100;

  public ApiKey {
    if (weight < 1 || weight > HEAVIEST) {
      throw new IllegalArgumentException("weight is " + weight + "; allowed: 1 to " + HEAVIEST);
    }
  }
}
