package io.onebalance.fuzz;

/// Something that reads foreign bytes, and what must hold for it.
@FunctionalInterface
public interface Target {
  /// Fails, by whatever throwable, where these bytes break a promise. Keeps nothing between calls.
  void attack(byte[] input) throws Exception;
}
