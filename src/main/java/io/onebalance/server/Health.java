package io.onebalance.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Whether the program lives and whether it wants new requests. Thread-safe.
public final class Health {
  private final Supplier<Optional<String>> trouble;
  private final AtomicBoolean leaving = new AtomicBoolean();

  /// `trouble` says what does not work at the moment, if anything. Requests are served all the
  /// same: losing the store stops edits, not requests (F56).
  public Health(Supplier<Optional<String>> trouble) {
    this.trouble = trouble;
  }

  /// From here on the program is not ready: it finishes what it has and stops.
  public void leave() {
    leaving.set(true);
  }

  /// Whether new requests should go elsewhere.
  boolean isLeaving() {
    return leaving.get();
  }

  /// What does not work, for people who ask.
  Optional<String> trouble() {
    return trouble.get();
  }
}
