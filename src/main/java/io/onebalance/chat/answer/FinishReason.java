package io.onebalance.chat.answer;

/// Why an answer ended.
public enum FinishReason {
  /// It was complete.
  STOP,
  /// At one of the client's stop sequences.
  STOP_SEQUENCE,
  /// At the limit of tokens, or of the context.
  LENGTH,
  /// The model waits for its calls to be answered.
  TOOL_CALLS,
  /// The model or its provider refused to go on.
  REFUSED,
  /// The provider paused a long turn of its own tools (Anthropic's `pause_turn`).
  PAUSED,
  /// The model wrote a call that cannot be read; nothing is wrong with the request.
  MALFORMED
}
