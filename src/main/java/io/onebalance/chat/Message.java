package io.onebalance.chat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One turn of a conversation. Results of tools are parts of the user's turns, in front of what the
/// user says there; calls are parts of the assistant's.
public record Message(Role role, List<Part> parts) {
  public Message {
    parts = List.copyOf(parts);
  }

  /// The same without what models sealed and thought.
  public Message unsigned() {
    return new Message(role, parts.stream().flatMap(Message::unsigned).toList());
  }

  private static Stream<Part> unsigned(Part part) {
    return switch (part) {
      case Part.Text(var text, _) -> Stream.of(Part.Text.of(text));
      case Part.ToolCall(var tool, var id, var arguments, _) ->
          Stream.of(new Part.ToolCall(tool, id, arguments, Optional.empty()));
      case Part.Thinking _, Part.RedactedThinking _ -> Stream.empty();
      case Part.Media _, Part.ToolResult _, Part.Refusal _ -> Stream.of(part);
    };
  }

  /// Who speaks. A system message may stand anywhere.
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
