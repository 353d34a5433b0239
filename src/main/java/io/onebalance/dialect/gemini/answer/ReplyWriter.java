package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Writes whole answers.
public final class ReplyWriter {
  private ReplyWriter() {}

  public static ObjectNode write(Reply reply, Envelope envelope) {
    var body = Json.object();
    if (isBlocked(reply)) {
      blocked(body);
    } else {
      candidates(reply, new PartForm(envelope), body);
    }
    reply.usage().ifPresent(usage -> body.set("usageMetadata", UsageForm.written(usage)));
    return enveloped(body, envelope);
  }

  /// What was refused before a word was said, Google calls a blocked prompt.
  private static boolean isBlocked(Reply reply) {
    var choice = reply.choices().getFirst();
    return reply.choices().size() == 1
        && choice.reason() == FinishReason.REFUSED
        && choice.parts().isEmpty();
  }

  static void blocked(ObjectNode body) {
    body.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
  }

  private static void candidates(Reply reply, PartForm form, ObjectNode body) {
    var candidates = body.putArray("candidates");
    for (var choice : reply.choices()) {
      var candidate = candidates.addObject();
      var parts = candidate.putObject("content").put("role", "model").putArray("parts");
      choice.parts().forEach(part -> form.write(part, parts));
      candidate
          .put("finishReason", FinishReasons.written(choice.reason()))
          .put("index", candidates.size() - 1);
      grounding(choice).written().ifPresent(told -> candidate.set("groundingMetadata", told));
      choice
          .logprobs()
          .ifPresent(tokens -> candidate.set("logprobsResult", Logprobs.written(tokens)));
    }
  }

  private static Grounding grounding(Reply.Choice choice) {
    var grounding = new Grounding();
    for (var part : choice.parts()) {
      if (part instanceof Part.Text(var text, _)) {
        grounding.said(text);
      }
    }
    choice.citations().forEach(grounding::cite);
    return grounding;
  }

  static ObjectNode enveloped(ObjectNode body, Envelope envelope) {
    return body.put("modelVersion", envelope.request().model())
        .put("responseId", envelope.requestId());
  }
}
