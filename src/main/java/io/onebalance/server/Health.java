package io.onebalance.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Whether the program lives and whether it wants new requests. Thread-safe.
public final class Health {
  private final Supplier<Optional<String>> trouble;
  private final AtomicReference<Optional<String>> leaving = new AtomicReference<>(Optional.empty());

  /// `trouble` says what keeps the program from its work at the moment, if anything.
  public Health(Supplier<Optional<String>> trouble) {
    this.trouble = trouble;
  }

  /// From here on the program is not ready: it finishes what it has and stops.
  public void leave() {
    leaving.set(Optional.of("draining"));
  }

  /// Why new requests should go elsewhere; empty when they are welcome.
  Optional<String> notReady() {
    var reason = leaving.get();
    return reason.isPresent() ? reason : trouble.get();
  }
}
