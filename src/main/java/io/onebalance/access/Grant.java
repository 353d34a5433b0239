package io.onebalance.access;

import io.onebalance.access.limit.rules.KeyLimits;
import java.util.List;

/// What one gateway key may do, and how much. `id` is the same for the same key, also after a
/// reload, and tells nothing of it; `name` is a label that people may see, never the key. No groups
/// mean that it may do everything: only such a key opens the console and the key API.
public record Grant(String id, String name, List<Group> groups, KeyLimits limits) {
  public Grant {
    groups = List.copyOf(groups);
  }

  Grant with(KeyLimits now) {
    return new Grant(id, name, groups, now);
  }

  /// Whether this caller may do everything, the console and the key API included.
  public boolean unrestricted() {
    return groups.isEmpty();
  }

  /// Whether this caller may ask this provider for anything at all.
  public boolean allowsProvider(String provider) {
    return unrestricted() || groups.stream().anyMatch(group -> group.covers(provider));
  }

  /// Whether this caller may ask this provider for this model. An empty model is a request without
  /// one (files, batches …): what it touches belongs to the account, so only an unrestricted caller
  /// may.
  public boolean allows(String provider, String model) {
    if (unrestricted()) {
      return true;
    }
    return !model.isEmpty() && groups.stream().anyMatch(group -> group.covers(provider, model));
  }
}
