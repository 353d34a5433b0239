package io.onebalance.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// The body of a question.
public sealed interface Body {
  /// A body kept in memory: it can be sent again.
  record Kept(Buffer bytes) implements Body {}

  /// A body too large to keep: its first bytes, and the rest as it comes from the client. It can be
  /// sent once. `length` is its whole length, or −1 where the client did not say.
  record Passing(Buffer start, ReadStream<Buffer> rest, long length) implements Body {}

  /// None, and the connection is to become a tunnel if the server switches protocols: a 101 is an
  /// answer then. Can be asked again.
  record Tunnel() implements Body {}
}
