package io.onebalance.chat.answer;

import io.onebalance.chat.Part;
import java.util.ArrayList;
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

  /// The same as a stream would tell it.
  public List<Delta> deltas() {
    var deltas = new ArrayList<Delta>();
    for (var i = 0; i < choices.size(); i++) {
      choices.get(i).tell(i, deltas);
    }
    usage.ifPresent(told -> deltas.add(new Delta.Used(told)));
    return deltas;
  }

  /// One of the answers that were asked for. `logprobs` is an array in OpenAI's form; `stop` is the
  /// sequence that ended it, where it is known.
  public record Choice(
      List<Part> parts,
      FinishReason reason,
      Optional<String> stop,
      Optional<JsonNode> logprobs,
      List<Citation> citations) {
    public Choice {
      parts = List.copyOf(parts);
      citations = List.copyOf(citations);
    }

    /// One that does not say where it is from.
    public Choice(
        List<Part> parts, FinishReason reason, Optional<String> stop, Optional<JsonNode> logprobs) {
      this(parts, reason, stop, logprobs, List.of());
    }

    /// The same with other parts.
    public Choice with(List<Part> others) {
      return new Choice(others, reason, stop, logprobs, citations);
    }

    private void tell(int choice, List<Delta> deltas) {
      var calls = 0;
      for (var part : parts) {
        switch (part) {
          case Part.Text(var text, var signature) -> {
            deltas.add(new Delta.Text(choice, text));
            signature.ifPresent(seal -> deltas.add(new Delta.Signed(choice, seal)));
          }
          case Part.Thinking(var text, var signature) -> {
            deltas.add(new Delta.Thinking(choice, text));
            signature.ifPresent(seal -> deltas.add(new Delta.Signed(choice, seal)));
          }
          case Part.ToolCall(var tool, var id, var arguments, var signature) -> {
            deltas.add(new Delta.CallOpened(choice, calls, tool, id, signature));
            deltas.add(new Delta.CallPiece(choice, calls++, arguments));
          }
          case Part.Media media -> deltas.add(new Delta.Shown(choice, media));
          case Part.Refusal(var text) -> deltas.add(new Delta.Refused(choice, text));
          case Part.RedactedThinking(var sealed) -> deltas.add(new Delta.Redacted(choice, sealed));
          case Part.ToolResult _ -> {
            // a model answers no call
          }
        }
      }
      logprobs.ifPresent(tokens -> deltas.add(new Delta.Logprobs(choice, tokens)));
      citations.forEach(citation -> deltas.add(new Delta.Cited(choice, citation)));
      deltas.add(new Delta.Finished(choice, reason, stop));
    }

    public boolean calls() {
      return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    }
  }
}
