package io.onebalance.key.pool;

import io.onebalance.key.ApiKey;
import io.onebalance.secret.Secret;
import java.time.Instant;

/// Keys to test with.
final class Keys {
  private Keys() {}

  static ApiKey key(String id) {
    return key(id, "", 1);
  }

  static ApiKey key(String id, String account, int weight) {
    return new ApiKey(id, "google", new Secret("secret-" + id), account, "", weight, Instant.EPOCH);
  }
}
