package io.onebalance.dialect.openai;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.ProviderDialect;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.openai.answer.AnswerReader;
import io.onebalance.dialect.openai.answer.ChunkReader;
import io.onebalance.dialect.openai.asking.Flavour;
import io.onebalance.dialect.openai.asking.RequestWriter;
import tools.jackson.databind.JsonNode;

/// OpenAI, and every provider that speaks Chat Completions.
public final class OpenAiProvider implements ProviderDialect {
  @Override
  public Outgoing write(ChatRequest request, Target target) {
    return new RequestWriter(request, target).write();
  }

  /// Sounds and documents are never fetched, pictures and films by some.
  @Override
  public boolean fetches(Part.Media media, Target target) {
    var looked = media.kind() == Part.Kind.IMAGE || media.kind() == Part.Kind.VIDEO;
    return looked && Flavour.of(target).words("media").contains("link");
  }

  @Override
  public Reply read(JsonNode body, String requestId) {
    try {
      return AnswerReader.read(Members.of(body, ""), requestId);
    } catch (BadRequest odd) {
      throw new UnreadableAnswer(odd.where() + ": is not what it should be");
    }
  }

  @Override
  public StreamReader stream(String requestId) {
    return new ChunkReader(requestId);
  }
}
