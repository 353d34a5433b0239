package io.onebalance.metrics;

import java.time.Duration;
import java.util.List;

/// How things stand at one moment: what is not counted but looked at when somebody asks.
///
/// @param left what providers last said is left of their limits
/// @param unheard log lines that were dropped, since whoever reads them was too slow
public record Moment(List<Keys> keys, List<Left> left, Flow flow, Ledger ledger, long unheard) {
  public Moment {
    keys = List.copyOf(keys);
    left = List.copyOf(left);
  }

  /// The keys of one provider by their state, and how many requests are with them.
  public record Keys(
      String provider, long ready, long cooling, long setAside, long blocked, long asked) {}

  /// What is left of one limit, of all keys of a provider together.
  public record Left(String provider, String limit, long amount) {}

  /// What is going on. `resting` requests wait for a key, or before they ask again; `loopDelay` is
  /// how long the busiest event loop took to come to something new.
  public record Flow(long requests, long resting, long answers, long sockets, Duration loopDelay) {}

  /// What waits to be brought from the journal to the tables, in bytes, and how many requests were
  /// counted without a row in the log.
  public record Ledger(long waiting, long unlogged) {}
}
