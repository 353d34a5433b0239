package io.onebalance.dialect.anthropic;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.anthropic.answer.AnswerStream;
import io.onebalance.dialect.anthropic.answer.AnswerWriter;
import io.onebalance.dialect.anthropic.asked.RequestReader;
import tools.jackson.databind.JsonNode;

/// The Messages API towards clients. A request to count tokens is read by it as well: it has the
/// same members, without `max_tokens`.
public final class AnthropicClient implements ClientDialect {
  @Override
  public ChatRequest read(JsonNode body) {
    return RequestReader.read(body);
  }

  @Override
  public JsonNode write(Reply reply, Envelope envelope) {
    return AnswerWriter.write(reply, envelope);
  }

  @Override
  public StreamWriter stream(Envelope envelope) {
    return new AnswerStream(envelope);
  }
}
