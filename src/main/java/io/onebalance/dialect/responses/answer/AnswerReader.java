package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.UnreadableAnswer;
import tools.jackson.databind.JsonNode;

/// Reads whole answers of providers.
public final class AnswerReader {
  private AnswerReader() {}

  public static Reply read(JsonNode body, String requestId) {
    var status = body.path("status").asString("completed");
    if (!body.path("output").isArray()) {
      throw new UnreadableAnswer("the answer has no output");
    }
    if (!status.equals("completed") && !status.equals("incomplete")) {
      throw new UnreadableAnswer("the answer is neither completed nor incomplete");
    }
    var reader = new ItemReader(requestId);
    var gathering = new Gathering();
    body.path("output").forEach(item -> reader.whole(item).forEach(gathering::add));
    gathering.add(reader.finished(body));
    Usages.in(body).map(Delta.Used::new).ifPresent(gathering::add);
    return gathering.reply();
  }
}
