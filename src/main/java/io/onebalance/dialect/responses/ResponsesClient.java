package io.onebalance.dialect.responses;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.responses.answer.AnswerWriter;
import io.onebalance.dialect.responses.asked.RequestReader;
import tools.jackson.databind.JsonNode;

/// Clients that speak Responses: Codex, the Agents SDKs, the AI SDK, OpenAI's own.
public final class ResponsesClient implements ClientDialect {
  @Override
  public ChatRequest read(JsonNode body) {
    return RequestReader.read(body);
  }

  @Override
  public JsonNode write(Reply reply, Envelope envelope) {
    return AnswerWriter.whole(reply, envelope);
  }

  @Override
  public StreamWriter stream(Envelope envelope) {
    return AnswerWriter.streamed(envelope);
  }
}
