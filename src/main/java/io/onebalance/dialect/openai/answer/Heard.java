package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.Sound;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.openai.words.AssistantReader;
import io.onebalance.dialect.openai.words.PartsReader;
import io.onebalance.dialect.openai.words.Signatures;
import java.util.List;
import java.util.Optional;

/// What of one choice was heard from the provider.
final class Heard {
  private final int choice;
  private final HeardCalls calls;
  private boolean refused;
  private String word = "";

  /// `prefix` begins the ids of calls that have none.
  Heard(int choice, String prefix) {
    this.choice = choice;
    this.calls = new HeardCalls(choice, prefix);
  }

  void delta(Members delta, List<Delta> deltas) {
    AssistantReader.thoughts(delta).ifPresent(text -> deltas.add(new Delta.Thinking(choice, text)));
    PartsReader.heard(delta).forEach(part -> part(part, deltas));
    delta.text("refusal").filter(text -> !text.isEmpty()).ifPresent(text -> refused(text, deltas));
    for (var image : delta.objects("images")) {
      if (PartsReader.image(image) instanceof Part.Media media) {
        deltas.add(new Delta.Shown(choice, media));
      }
    }
    sealed(delta, deltas);
    Citations.read(delta.written())
        .forEach(citation -> deltas.add(new Delta.Cited(choice, citation)));
    delta
        .object("audio")
        .ifPresent(
            audio -> PartsReader.spoken(audio, Sound.SAMPLES).forEach(part -> part(part, deltas)));
    delta.objects("tool_calls").forEach(call -> calls.call(call, deltas));
    delta.object("function_call").ifPresent(call -> calls.legacy(call, delta, deltas));
  }

  void ended(String reason) {
    word = reason;
  }

  boolean hasEnded() {
    return !word.isEmpty();
  }

  Delta finished() {
    return new Delta.Finished(
        choice, FinishReasons.read(word, calls.any(), refused), Optional.empty());
  }

  /// A seal of the message is one of its text, though the text be empty.
  private void sealed(Members delta, List<Delta> deltas) {
    var calling = delta.raw("function_call").isPresent();
    Signatures.read(delta)
        .filter(_ -> !calling)
        .ifPresent(signature -> {
          deltas.add(new Delta.Text(choice, ""));
          deltas.add(new Delta.Signed(choice, signature));
        });
  }

  private void refused(String text, List<Delta> deltas) {
    refused = true;
    deltas.add(new Delta.Refused(choice, text));
  }

  private void part(Part part, List<Delta> deltas) {
    switch (part) {
      case Part.Text(var text, _) -> deltas.add(new Delta.Text(choice, text));
      case Part.Thinking(var text, _) -> deltas.add(new Delta.Thinking(choice, text));
      case Part.Media media -> deltas.add(new Delta.Shown(choice, media));
      case Part.Refusal(var text) -> refused(text, deltas);
      case Part.ToolCall _, Part.ToolResult _, Part.RedactedThinking _ -> {
        // Never in the content of a message.
      }
    }
  }
}
