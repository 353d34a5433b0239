package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A whole answer as if it had come in pieces: so what is written whole is what would have been
/// streamed.
final class Retold {
  private final List<Delta> deltas = new ArrayList<>();
  private int calls;

  private Retold() {}

  /// The pieces of one choice, without its end.
  static List<Delta> of(Reply.Choice choice) {
    var retold = new Retold();
    choice.logprobs().ifPresent(tokens -> retold.deltas.add(new Delta.Logprobs(0, tokens)));
    var said = choice.parts().stream().filter(Part.Text.class::isInstance).count();
    for (var part : choice.parts()) {
      retold.part(part);
      if (part instanceof Part.Text && --said == 0) {
        choice.citations().forEach(citation -> retold.deltas.add(new Delta.Cited(0, citation)));
      }
    }
    return retold.deltas;
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text(var text, var signature) -> {
        deltas.add(new Delta.Text(0, text));
        signature.map(seal -> new Delta.Signed(0, seal)).ifPresent(deltas::add);
      }
      case Part.Thinking(var text, var signature) -> {
        deltas.add(new Delta.Thinking(0, text));
        signature.map(seal -> new Delta.Signed(0, seal)).ifPresent(deltas::add);
      }
      case Part.RedactedThinking(var sealed) -> deltas.add(new Delta.Redacted(0, sealed));
      case Part.Media media -> deltas.add(new Delta.Shown(0, media));
      case Part.Refusal(var text) -> deltas.add(new Delta.Refused(0, text));
      case Part.ToolCall call -> call(call);
      case Part.ToolResult _ -> {
        // No model answers with the result of a tool.
      }
    }
  }

  private void call(Part.ToolCall call) {
    deltas.add(new Delta.CallOpened(0, calls, call.tool(), call.id(), call.signature()));
    Optional.of(call.arguments())
        .filter(arguments -> !arguments.isEmpty())
        .ifPresent(arguments -> deltas.add(new Delta.CallPiece(0, calls, arguments)));
    calls++;
  }
}
