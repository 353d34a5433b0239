package io.onebalance.dialect.embedding;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemini's `batchEmbedContents`, which takes a single input as well as many.
public final class GeminiEmbeddingProvider implements EmbeddingProvider {
  /// `BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch`.
  private static final int MOST = 100;

  /// The only length of which this model's vectors are of length 1.
  private static final int WHOLE = 3072;

  private static final String FIRST_MODEL = "gemini-embedding-001";

  @Override
  public List<Asked> write(EmbeddingRequest request, Target target) {
    var asked = new ArrayList<Asked>();
    for (var part : Batches.of(request, MOST)) {
      var body = Json.object();
      var requests = body.putArray("requests");
      part.texts(target.provider()).forEach(text -> requests.add(one(text, part, target)));
      asked.add(new Asked(body, part, target, dropped(part, target)));
    }
    return asked;
  }

  @Override
  public EmbeddingReply read(JsonNode body, Asked asked) {
    var embeddings = body.path("embeddings");
    if (!embeddings.isArray()) {
      throw new UnreadableAnswer("embeddings: must be an array");
    }
    var part = asked.part();
    var shortened =
        model(asked.target()).equals(FIRST_MODEL)
            && part.dimensions().filter(length -> length != WHOLE).isPresent();
    var vectors =
        embeddings.values().stream()
            .map(one -> Vectors.read(one.path("values")))
            .map(vector -> shortened ? Vectors.normalised(vector) : vector)
            .toList();
    var counted = body.path("usageMetadata").path("promptTokenCount");
    var tokens =
        counted.isNumber()
            ? Math.max(0, counted.asLong(0))
            : EmbeddingRequest.estimate(part.texts(asked.target().provider()));
    return new EmbeddingReply(Vectors.counted(vectors, part), tokens);
  }

  private static ObjectNode one(String text, EmbeddingRequest part, Target target) {
    var one = Json.object().put("model", "models/" + model(target));
    one.putObject("content").putArray("parts").addObject().put("text", text);
    if (takesPurposes(target)) {
      Purposes.gemini(part).ifPresent(purpose -> one.put("taskType", purpose));
      part.extra("title").ifPresent(title -> one.put("title", title));
    }
    part.dimensions().ifPresent(length -> one.put("outputDimensionality", length));
    return one;
  }

  private static List<String> dropped(EmbeddingRequest part, Target target) {
    return part.extras().keySet().stream()
        .filter(name ->
            !takesPurposes(target) || !(Purposes.NAMES.contains(name) || name.equals("title")))
        .sorted()
        .toList();
  }

  /// From the second model on, what a text is for is said in the text itself.
  private static boolean takesPurposes(Target target) {
    return !model(target).matches("gemini-embedding-[2-9].*");
  }

  private static String model(Target target) {
    return target.model().replaceFirst("^(models|google)/", "");
  }
}
