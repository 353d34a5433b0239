package io.onebalance.store.history.log;

import java.time.Instant;

/// Which requests of the log are looked for: when they ended, from `from` on and before `to`, and
/// what else they must be.
public record Search(Instant from, Instant to, Filter filter) {
  public static final Search ALL =
      new Search(Instant.EPOCH, Instant.ofEpochSecond(1L << 32), Filter.ANY);

  public Search {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("'from' is after 'to'");
    }
  }
}
