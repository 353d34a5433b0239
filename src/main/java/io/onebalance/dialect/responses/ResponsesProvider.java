package io.onebalance.dialect.responses;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.responses.answer.AnswerReader;
import io.onebalance.dialect.responses.answer.AnswerStream;
import io.onebalance.dialect.responses.asking.RequestWriter;
import tools.jackson.databind.JsonNode;

/// Providers that are asked in Responses: OpenAI and Azure, above all for models that speak nothing
/// else.
public final class ResponsesProvider implements ProviderDialect {
  @Override
  public Outgoing write(ChatRequest request, Target target) {
    return RequestWriter.write(request, target);
  }

  @Override
  public Reply read(JsonNode body, String requestId) {
    return AnswerReader.read(body, requestId);
  }

  @Override
  public StreamReader stream(String requestId) {
    return new AnswerStream(requestId);
  }
}
