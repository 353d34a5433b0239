package io.onebalance.relay.exchange.rules;

import io.onebalance.route.VirtualModels;
import java.time.Duration;
import java.util.List;

/// Which answers are remembered, and how long where the request does not say. `models` are names as
/// clients write them, with `*` for anything; answers of others are remembered only for requests
/// that wish it. `shared`: what one gateway key was told, another may be told as well.
public record CacheRules(Duration ttl, List<String> models, boolean shared) {
  public CacheRules {
    models = List.copyOf(models);
  }

  /// Whether answers of this model are remembered unasked.
  public boolean names(String model) {
    return models.stream().anyMatch(pattern -> VirtualModels.fits(pattern, model));
  }
}
