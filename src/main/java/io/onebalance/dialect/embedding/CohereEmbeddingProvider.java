package io.onebalance.dialect.embedding;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Cohere's `v2/embed`, which must know what a text is for.
public final class CohereEmbeddingProvider implements EmbeddingProvider {
  private static final int MOST = 96;
  private static final String USUAL = "search_document";

  @Override
  public List<Asked> write(EmbeddingRequest request, Target target) {
    var asked = new ArrayList<Asked>();
    for (var part : Batches.of(request, MOST)) {
      var purpose = Purposes.cohere(part);
      var body = Json.object().put("model", target.model());
      var texts = body.putArray("texts");
      part.texts(target.provider()).forEach(texts::add);
      body.put("input_type", purpose.orElse(USUAL)).putArray("embedding_types").add("float");
      part.dimensions().ifPresent(length -> body.put("output_dimension", length));
      var dropped =
          part.extras().keySet().stream()
              .filter(name -> purpose.isEmpty() || !Purposes.NAMES.contains(name))
              .sorted()
              .toList();
      asked.add(new Asked(body, part, target, dropped));
    }
    return asked;
  }

  @Override
  public EmbeddingReply read(JsonNode body, Asked asked) {
    var floats = body.path("embeddings").path("float");
    if (!floats.isArray()) {
      throw new UnreadableAnswer("embeddings.float: must be an array");
    }
    var vectors = floats.values().stream().map(Vectors::read).toList();
    var tokens = body.path("meta").path("billed_units").path("input_tokens").asLong(0);
    return new EmbeddingReply(Vectors.counted(vectors, asked.part()), Math.max(0, tokens));
  }
}
