package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.openai.words.AssistantReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads a provider's whole answer.
public final class AnswerReader {
  private AnswerReader() {}

  public static Reply read(Members body, String requestId) {
    Errors.in(body.written())
        .ifPresent(failure -> {
          throw new UnreadableAnswer(failure.message());
        });
    var choices = new ArrayList<>(body.objects("choices"));
    if (choices.isEmpty()) {
      throw new UnreadableAnswer("choices: there is none");
    }
    choices.sort(Comparator.comparingInt(choice -> choice.integer("index").orElse(0)));
    var read = new ArrayList<Reply.Choice>();
    for (var choice : choices) {
      read.add(choice(choice, "call_" + requestId + "_" + read.size()));
    }
    return new Reply(read, body.raw("usage").flatMap(UsageForm::read));
  }

  private static Reply.Choice choice(Members choice, String prefix) {
    var word = choice.text("finish_reason").orElse("");
    if (FinishReasons.isBroken(word)) {
      throw new UnreadableAnswer(Errors.broken(word).message());
    }
    var parts =
        choice
            .object("message")
            .map(message -> AssistantReader.heard(message, prefix))
            .orElse(List.of());
    var called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    var refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
    return new Reply.Choice(
        parts,
        FinishReasons.read(word, called, refused),
        Optional.empty(),
        logprobs(choice),
        Citations.read(choice.written().path("message")));
  }

  private static Optional<JsonNode> logprobs(Members choice) {
    return choice
        .raw("logprobs")
        .map(told -> told.path("content"))
        .filter(tokens -> tokens.isArray() && !tokens.isEmpty());
  }
}
