package io.onebalance.dialect.anthropic;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.anthropic.answer.AnswerReader;
import io.onebalance.dialect.anthropic.asking.RequestWriter;
import tools.jackson.databind.JsonNode;

/// The Messages API towards providers, by the rules of its version 2023-06-01.
public final class AnthropicProvider implements ProviderDialect {
  @Override
  public Outgoing write(ChatRequest request, Target target) {
    return new RequestWriter(request, target).outgoing();
  }

  @Override
  public Reply read(JsonNode body, String requestId) {
    return AnswerReader.read(body, requestId);
  }

  @Override
  public StreamReader stream(String requestId) {
    return new AnswerReader(requestId);
  }
}
