package io.onebalance.dialect.openai;

import io.onebalance.chat.ChatRequest;
import io.onebalance.chat.Reply;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Members;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.openai.answer.ChunkWriter;
import io.onebalance.dialect.openai.answer.ReplyWriter;
import io.onebalance.dialect.openai.asked.RequestReader;
import tools.jackson.databind.JsonNode;

/// A client that speaks Chat Completions.
public final class OpenAiClient implements ClientDialect {
  @Override
  public ChatRequest read(JsonNode body) {
    return RequestReader.read(Members.of(body, ""));
  }

  @Override
  public JsonNode write(Reply reply, Envelope envelope) {
    return ReplyWriter.write(reply, envelope);
  }

  @Override
  public StreamWriter stream(Envelope envelope) {
    return new ChunkWriter(envelope);
  }
}
