package io.onebalance.key.queue;

/// A place in the line, held by one who waits or whose turn has come already.
public interface Ticket {
  /// Nobody waits any more: the client left. What was on its way is still told; whoever left gives
  /// such a slot back.
  void leave();
}
