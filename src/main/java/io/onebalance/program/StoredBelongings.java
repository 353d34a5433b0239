package io.onebalance.program;

import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.store.ResourceTable;
import java.util.Optional;

/// Which key made what, as the store has it.
record StoredBelongings(ResourceTable resources) implements Belongings {
  @Override
  public boolean isEmpty() {
    return resources.isEmpty();
  }

  @Override
  public Optional<String> keyOf(String provider, String resource) {
    return resources.keyOf(provider, resource);
  }

  @Override
  public void made(String provider, String resource, String keyId) {
    resources.made(provider, resource, keyId);
  }
}
