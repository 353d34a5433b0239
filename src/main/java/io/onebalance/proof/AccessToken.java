package io.onebalance.proof;

import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;

/// A token that was given for a key, and when it ends.
public record AccessToken(Secret value, Instant until) {
  /// With less time left than this, the next one is fetched.
  static final Duration EARLY = Duration.ofMinutes(5);

  /// With less time left than this, it may end on the way.
  static final Duration LAST = Duration.ofSeconds(30);

  boolean isFresh(Instant now) {
    return now.plus(EARLY).isBefore(until);
  }

  boolean isUsable(Instant now) {
    return now.plus(LAST).isBefore(until);
  }
}
