package io.onebalance.chat;

import java.util.List;

/// One turn of a conversation. Results of tools are parts of the user's turns, in front of what the
/// user says there; calls are parts of the assistant's.
public record Message(Role role, List<Part> parts) {
  public Message {
    parts = List.copyOf(parts);
  }

  /// Who speaks. A system message may stand anywhere.
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
