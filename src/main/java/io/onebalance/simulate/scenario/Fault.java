package io.onebalance.simulate.scenario;

import java.time.Duration;
import java.util.Optional;

/// For a while (since the start) so large a part of all requests is answered with trouble, whatever
/// the key; `retryAfter` is when the answer tells to come back.
public record Fault(
    Trouble answer, Optional<Duration> retryAfter, long from, long lasts, double share) {
  public boolean runs(long sinceStart) {
    return sinceStart >= from && sinceStart < from + lasts;
  }
}
