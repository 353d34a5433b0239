package io.onebalance.sandbox.answer;

import java.util.List;

/// One WebSocket of a pretender, from its greeting on. Knows no socket.
public interface Conversation {
  /// What is said before the client says anything.
  List<String> greeting();

  /// What is said to one message of the client's.
  List<Said> hear(String message);

  /// One thing that a pretender does.
  sealed interface Said {
    record Message(String json) implements Said {}

    /// The end, with a code and a reason.
    record Close(int code, String reason) implements Said {}
  }

  /// Messages as things said.
  static List<Said> said(List<String> messages) {
    return messages.stream().<Said>map(Said.Message::new).toList();
  }
}
