package io.onebalance.dialect;

import io.onebalance.chat.answer.Delta;

/// Writes a stream for a client, in the bytes that it reads: server-sent events, but for a dialect
/// that knows another form as well. Confined to one thread.
public interface StreamWriter {
  String EVENTS = "text/event-stream; charset=utf-8";

  /// Of what type the stream is.
  default String contentType() {
    return EVENTS;
  }

  /// Whether all of the answer is told once more at its end, and so is kept until then.
  default boolean repeats() {
    return false;
  }

  /// What this adds; perhaps nothing yet. A [Delta.Failed] is the dialect's error event, and
  /// nothing is written after it.
  byte[] write(Delta delta);

  /// The rest, when all deltas came; nothing after a failure.
  byte[] end();
}
