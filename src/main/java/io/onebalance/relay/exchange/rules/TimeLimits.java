package io.onebalance.relay.exchange.rules;

import java.time.Duration;

/// How long a request may take, and how much may be tried for it.
///
/// `overall` runs from its arrival until the answer begins. `streamed` and `unary` bound one
/// attempt until its first byte. `idle` bounds the silence between two pieces of an answer.
/// `waiting` bounds the rest for a key's recovery, all rests of a request together. `attempts`
/// bounds the attempts of one errand, `serverFaults` those that meet a failure of the provider's
/// own making. `client` bounds how long we wait for the client itself.
public record TimeLimits(
    Duration overall,
    Duration streamed,
    Duration unary,
    Duration idle,
    Duration waiting,
    int attempts,
    int serverFaults,
    ClientLimits client) {
  /// The same for what is asked once, at once, or not at all.
  TimeLimits once() {
    return new TimeLimits(overall, streamed, unary, idle, Duration.ZERO, 1, 1, client);
  }

  public Duration perAttempt(boolean stream) {
    return stream ? streamed : unary;
  }
}
