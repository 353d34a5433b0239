package io.onebalance.relay;

import io.onebalance.relay.plan.memory.Belongings;
import java.util.Optional;

/// Remembers nothing: for tests in which no resource is made.
final class Forgetful implements Belongings {
  @Override
  public boolean isEmpty() {
    return true;
  }

  @Override
  public Optional<String> keyOf(String provider, String resource) {
    return Optional.empty();
  }

  @Override
  public void made(String provider, String resource, String keyId) {
    // nothing is to be asked for again
  }
}
