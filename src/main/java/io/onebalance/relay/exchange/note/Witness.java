package io.onebalance.relay.exchange.note;

import io.vertx.core.buffer.Buffer;

/// Hears what a client is told of an answer, in the client's dialect. Belongs to one event loop.
public interface Witness {
  /// The next bytes of the body.
  void told(Buffer bytes);

  /// That was all of it. An answer that is cut, or whose client leaves, never comes so far.
  void toldAll();
}
