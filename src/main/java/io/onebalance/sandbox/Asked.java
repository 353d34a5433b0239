package io.onebalance.sandbox;

import io.onebalance.sandbox.answer.Heard;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// One request that the sandbox has seen.
///
/// @param key the key it came with, or nothing
/// @param model the bare model, or nothing
/// @param ending how and when its answer ended, once it has
public record Asked(Heard heard, String key, String model, CompletableFuture<Ended> ending) {
  public record Ended(Ending how, Instant at) {}

  /// Whether the client has gone before the end.
  public boolean left() {
    return ending.isDone() && ending.join().how() == Ending.LEFT;
  }
}
