package io.onebalance.key;

import java.time.Duration;
import java.util.Map;

/// What is known of a key: what is stored and what people see. `coolings` holds the running rests
/// by model, [Cooling#WHOLE_KEY] being the key as a whole; `totalCooling` sums all rests ever.
public record Standing(
    State state, Map<String, Cooling> coolings, Duration totalCooling, Health health) {
  /// Of a key just added.
  public static final Standing NEW =
      new Standing(State.ACTIVE, Map.of(), Duration.ZERO, Health.NEW);

  public Standing {
    coolings = Map.copyOf(coolings);
  }
}
