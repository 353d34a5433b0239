package io.onebalance.dialect.gemini;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.gemini.answer.AnswerReader;
import io.onebalance.dialect.gemini.asking.RequestWriter;
import tools.jackson.databind.JsonNode;

/// The Gemini API and, under its slug, Vertex AI. The model and the wish for a stream stand in the
/// path (`models/{model}:generateContent`, `:streamGenerateContent?alt=sse`), not in the body.
///
/// @param reducesSchemas whether schemas go into the older fields: for a request that was refused
///   for its schema
public record GeminiProvider(boolean reducesSchemas) implements ProviderDialect {
  public GeminiProvider() {
    this(false);
  }

  @Override
  public ProviderDialect modest() {
    return new GeminiProvider(true);
  }

  @Override
  public Outgoing write(ChatRequest request, Target target) {
    return RequestWriter.write(request, target, reducesSchemas);
  }

  @Override
  public boolean fetches(Part.Media media, Target target) {
    return RequestWriter.fetches(media.source(), target);
  }

  @Override
  public Reply read(JsonNode body, String requestId) {
    return AnswerReader.whole(body, requestId);
  }

  @Override
  public StreamReader stream(String requestId) {
    return new AnswerReader(requestId);
  }
}
