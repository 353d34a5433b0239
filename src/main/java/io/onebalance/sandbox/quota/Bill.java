package io.onebalance.sandbox.quota;

import java.util.List;

/// What a request did to the quota of its key and model.
///
/// @param exceeded the limits that refuse it; when there are any, nothing was spent
public record Bill(List<Meter> meters, List<Meter> exceeded) {
  public static final Bill FREE = new Bill(List.of(), List.of());

  public Bill {
    meters = List.copyOf(meters);
    exceeded = List.copyOf(exceeded);
  }
}
