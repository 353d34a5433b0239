package io.onebalance.dialect;

import io.onebalance.chat.Delta;

/// Writes a stream for a client, in the bytes of its server-sent events. Confined to one thread.
public interface StreamWriter {
  /// What this adds; perhaps nothing yet. A [Delta.Failed] is the dialect's error event, and
  /// nothing is written after it.
  byte[] write(Delta delta);

  /// The rest, when all deltas came; nothing after a failure.
  byte[] end();
}
