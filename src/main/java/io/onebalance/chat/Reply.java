package io.onebalance.chat;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A whole answer. There is at least one choice.
///
/// @param usage empty where the provider told none
public record Reply(List<Choice> choices, Optional<Usage> usage) {
  public Reply {
    choices = List.copyOf(choices);
  }

  /// One of the answers that were asked for. `logprobs` is an array in OpenAI's form; `stop` is the
  /// sequence that ended it, where it is known.
  public record Choice(
      List<Part> parts, FinishReason reason, Optional<String> stop, Optional<JsonNode> logprobs) {
    public Choice {
      parts = List.copyOf(parts);
    }

    public boolean calls() {
      return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    }
  }
}
