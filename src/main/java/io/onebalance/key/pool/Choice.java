package io.onebalance.key.pool;

import java.time.Duration;

/// What a pool says when it is asked for a key.
public sealed interface Choice {
  /// This key, held until its slot is settled.
  record Chosen(Slot slot) implements Choice {}

  /// All are resting; the soonest returns after this rest.
  record Wait(Duration rest) implements Choice {}

  /// There is no key to wait for: none stored, all blocked, or all asked already.
  record None(String why) implements Choice {}
}
