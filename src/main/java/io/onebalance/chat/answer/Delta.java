package io.onebalance.chat.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What has come of an answer since the last. `choice` says of which answer, from 0; `call` which
/// call of that answer, from 0. The order is the model's own: text, thoughts and calls follow each
/// other as they were made.
public sealed interface Delta {
  /// How much content it brings, in characters; what is always short counts nothing.
  default int length() {
    return switch (this) {
      case Text(_, var text) -> text.length();
      case Thinking(_, var text) -> text.length();
      case Signed(_, var signature) -> signature.value().length();
      case Redacted(_, var sealed) -> sealed.value().length();
      case CallOpened opened -> opened.signature().map(Signature::value).orElse("").length();
      case CallPiece(_, _, var arguments) -> arguments.length();
      case Shown(_, var media) ->
          media.source() instanceof Source.Inline(_, var data) ? data.length() : 0;
      case Refused(_, var text) -> text.length();
      case Logprobs _, Cited _, Finished _, Used _, Failed _ -> 0;
    };
  }

  /// What has come of a call.
  sealed interface OfCall extends Delta permits CallOpened, CallPiece {
    int choice();

    int call();
  }

  record Text(int choice, String text) implements Delta {}

  record Thinking(int choice, String text) implements Delta {}

  /// Seals what came before it: the thought, or the text where Gemini seals one.
  record Signed(int choice, Signature signature) implements Delta {}

  record Redacted(int choice, Signature sealed) implements Delta {}

  /// A call begins; its arguments come in pieces, those of several calls perhaps in turns.
  record CallOpened(int choice, int call, ToolName tool, String id, Optional<Signature> signature)
      implements OfCall {}

  record CallPiece(int choice, int call, String arguments) implements OfCall {}

  record Shown(int choice, Part.Media media) implements Delta {}

  record Refused(int choice, String text) implements Delta {}

  /// Log probabilities of tokens, each in OpenAI's form (`token`, `logprob`, `bytes`,
  /// `top_logprobs`).
  record Logprobs(int choice, JsonNode tokens) implements Delta {}

  /// Where a piece of the text is from, which was told before this.
  record Cited(int choice, Citation citation) implements Delta {}

  /// `stop` is the sequence that ended it, where it is known.
  record Finished(int choice, FinishReason reason, Optional<String> stop) implements Delta {}

  /// The usage so far: the last one counts.
  record Used(Usage usage) implements Delta {}

  /// The answer broke off. Nothing comes after it.
  record Failed(Failure failure) implements Delta {}
}
