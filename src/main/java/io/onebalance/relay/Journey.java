package io.onebalance.relay;

import io.onebalance.upstream.Departure;
import java.time.Duration;
import java.time.Instant;

/// One errand on its way: where it goes, who waits for it, and how long that may take.
record Journey(Errand errand, Departure client, Snapshot snapshot, Instant deadline) {
  Duration left(Instant now) {
    return Duration.between(now, deadline);
  }

  Patience patience() {
    return snapshot.patience();
  }

  /// How long one attempt may take from now until its first byte.
  Duration perAttempt(Instant now) {
    var most = patience().perAttempt(errand.traits().stream());
    var left = left(now);
    return left.compareTo(most) < 0 ? left : most;
  }
}
