package io.onebalance.dialect.gemini;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.ClientDialect;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.gemini.answer.ReplyStream;
import io.onebalance.dialect.gemini.answer.ReplyWriter;
import io.onebalance.dialect.gemini.asked.RequestReader;
import tools.jackson.databind.JsonNode;

/// Clients of the Gemini API. What their path says, the server adds to the body: `model` as text
/// and, for `:streamGenerateContent`, `stream` as true.
///
/// @param inArray whether a stream is one JSON array in pieces, as without `alt=sse`
public record GeminiClient(boolean inArray) implements ClientDialect {
  /// Whose streams are server-sent events.
  public GeminiClient() {
    this(false);
  }

  @Override
  public ChatRequest read(JsonNode body) {
    return RequestReader.read(body);
  }

  @Override
  public JsonNode write(Reply reply, Envelope envelope) {
    return ReplyWriter.write(reply, envelope);
  }

  @Override
  public StreamWriter stream(Envelope envelope) {
    return inArray ? ReplyStream.inArray(envelope) : ReplyStream.ofEvents(envelope);
  }
}
