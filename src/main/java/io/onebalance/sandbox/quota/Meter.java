package io.onebalance.sandbox.quota;

import java.time.Duration;

/// One limit as a provider shows it after a request.
///
/// @param wanted how much the request asks for
/// @param untilEnough zero unless the request was too much
public record Meter(
    Dimension dimension,
    long limit,
    long left,
    long wanted,
    Duration untilEnough,
    Duration untilFull) {

  /// A limit of `limit` that is all spent and comes back after this time.
  public static Meter spent(Dimension dimension, long limit, Duration rest) {
    return new Meter(dimension, limit, 0, 1, rest, rest);
  }
}
