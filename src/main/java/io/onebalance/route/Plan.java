package io.onebalance.route;

import java.util.List;

/// Where a request is tried, in this order; usually one place.
public record Plan(List<Leg> legs) {
  public Plan {
    legs = List.copyOf(legs);
    if (legs.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one leg");
    }
  }
}
