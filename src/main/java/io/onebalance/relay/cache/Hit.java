package io.onebalance.relay.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// A remembered answer for a client, whose head is written already.
public sealed interface Hit {
  /// To be told at once.
  record Whole(Buffer bytes) implements Hit {}

  /// To be told piece by piece, as it came.
  record Stream(ReadStream<Buffer> pieces) implements Hit {}
}
