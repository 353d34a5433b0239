package io.onebalance.access;

import java.util.Set;

/// One provider and the models that may be asked of it. An empty provider means any provider, an
/// empty set any model. Groups are judged one by one: the models of one never widen another.
public record Group(String provider, Set<String> models) {
  public Group {
    models = Set.copyOf(models);
  }

  boolean covers(String asked) {
    return provider.isEmpty() || provider.equals(asked);
  }

  boolean covers(String asked, String model) {
    return covers(asked) && (models.isEmpty() || models.contains(model));
  }
}
