package io.onebalance.access.limit;

import java.time.Instant;
import java.util.OptionalLong;

/// What one request cost its gateway key. It belongs to the day in which it `began`, as in the
/// history; `nanos` (nano-dollars) is absent where the price is not known.
public record Charge(Instant began, Instant ended, long tokens, OptionalLong nanos) {
  Spent spent() {
    return new Spent(nanos.orElse(0), tokens, nanos.isEmpty() ? 1 : 0);
  }
}
