package io.onebalance.route;

import io.onebalance.route.body.ModelName;

/// One place that may answer: a provider and its model. `weight` is its share among the legs of a
/// virtual model; 0 means that it takes its turn only after the weighted ones, in written order.
public record Leg(String provider, String model, int weight) {
  public static final int HEAVIEST = 1_000_000;

  public Leg {
    if (provider.isEmpty() || model.isEmpty()) {
      throw new IllegalArgumentException("a leg is written provider/model");
    }
    if (weight < 0 || weight > HEAVIEST) {
      throw new IllegalArgumentException("weight is " + weight + "; allowed: 0 to " + HEAVIEST);
    }
  }

  /// Reads `provider/model`, split at the first slash.
  public static Leg of(String written, int weight) {
    var name = ModelName.split(written);
    return new Leg(name.provider(), name.model(), weight);
  }
}
