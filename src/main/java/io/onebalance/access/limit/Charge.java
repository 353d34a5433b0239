package io.onebalance.access.limit;

import java.time.Instant;
import java.util.OptionalLong;

/// What one request cost its gateway key. It belongs to the day in which it `began`; `nanos`
/// (nano-dollars) is absent where nothing was priced: without tokens there was nothing to price.
public record Charge(Instant began, Instant ended, long tokens, OptionalLong nanos) {
  Spent spent() {
    return new Spent(nanos.orElse(0), tokens, nanos.isEmpty() && tokens > 0 ? 1 : 0);
  }
}
