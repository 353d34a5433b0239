package io.onebalance.dialect.openai;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.json.Members;
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
