package io.onebalance.server;

/// Answers visits in direct style, each on a virtual thread of its own.
@FunctionalInterface
public interface Desk {
  Reply answer(Visit visit);
}
