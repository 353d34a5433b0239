package io.onebalance.key;

import java.time.Instant;

/// A place taken at a key, given back once and only together with what was learnt.
public interface Slot {
  /// The key to ask with.
  ApiKey key();

  /// Gives the place back and teaches the key how the attempt ended. A second call is a bug and
  /// fails with [IllegalStateException].
  void settle(Outcome outcome, Instant now);
}
