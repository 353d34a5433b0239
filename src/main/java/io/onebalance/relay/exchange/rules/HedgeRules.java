package io.onebalance.relay.exchange.rules;

import io.onebalance.route.VirtualModels;
import java.time.Duration;
import java.util.List;

/// For which models a second place is asked where the first is slow to begin: names as clients
/// write them, with `*` for anything. `share` is which part of the requests may be asked twice, 0
/// to 1; `after` how slow the first has to be, nothing for what 95 of 100 requests take.
public record HedgeRules(List<String> models, double share, Duration after) {
  public static final HedgeRules NONE = new HedgeRules(List.of(), 0, Duration.ZERO);

  public HedgeRules {
    models = List.copyOf(models);
  }

  public boolean names(String model) {
    return !models.isEmpty()
        && models.stream().anyMatch(pattern -> VirtualModels.fits(pattern, model));
  }
}
