package io.onebalance.key.queue;

/// A place in the line, held by one who waits or whose turn has come already.
public interface Ticket {
  /// Nobody waits any more: the client left. A slot that was on its way is given back, and nothing
  /// more is told.
  void leave();
}
