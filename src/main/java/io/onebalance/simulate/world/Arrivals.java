package io.onebalance.simulate.world;

import org.jspecify.annotations.Nullable;

/// The requests of a scenario in the order they come. The same scenario and seed bring the same.
public interface Arrivals {
  /// The next one, or null after the last.
  @Nullable Request next();
}
