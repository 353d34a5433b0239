package io.onebalance.key.event;

/// What brought something about.
public sealed interface Cause {
  /// A request of a client found it out.
  record Request(String id) implements Cause {}

  /// Somebody decided it or tested the key: a person, or a job of ours.
  record Order() implements Cause {}

  /// Time has passed.
  record Time() implements Cause {}

  /// Another instance learnt of it, or a server that the key was brought from, and told it there.
  record Elsewhere() implements Cause {}

  /// The request with this id; without an id it was none.
  static Cause of(String requestId) {
    return requestId.isEmpty() ? new Order() : new Request(requestId);
  }
}
