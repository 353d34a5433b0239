package io.onebalance.dialect.embedding;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Vertex AI's `predict`, with which its embedding models are asked. Those after the first Gemini
/// one take a single content, by `embedContent`.
public final class VertexEmbeddingProvider implements EmbeddingProvider {
  private static final int MOST = 250;
  private static final String FIRST_GEMINI = "gemini-embedding-001";
  private static final Pattern LATER_GEMINI = Pattern.compile("(google/)?gemini-embedding-[2-9].*");

  /// What is asked of this model, after the colon.
  public static String verb(String model) {
    return isLater(model) ? "embedContent" : "predict";
  }

  @Override
  public List<Asked> write(EmbeddingRequest request, Target target) {
    var single = isLater(target.model()) || target.model().endsWith(FIRST_GEMINI);
    var asked = new ArrayList<Asked>();
    for (var part : Batches.of(request, single ? 1 : MOST)) {
      var later = isLater(target.model());
      var body = later ? content(part, target) : instances(part, target);
      asked.add(new Asked(body, part, target, dropped(part, later)));
    }
    return asked;
  }

  @Override
  public EmbeddingReply read(JsonNode body, Asked asked) {
    var part = asked.part();
    if (isLater(asked.target().model())) {
      var vector = Vectors.read(body.path("embedding").path("values"));
      var counted = body.path("usageMetadata").path("promptTokenCount");
      var about = EmbeddingRequest.estimate(part.texts(asked.target().provider()));
      return new EmbeddingReply(
          Vectors.counted(List.of(vector), part), Math.max(0, counted.asLong(about)));
    }
    var predictions = body.path("predictions");
    if (!predictions.isArray()) {
      throw new UnreadableAnswer("predictions: must be an array");
    }
    var vectors =
        predictions.values().stream()
            .map(one -> Vectors.read(one.path("embeddings").path("values")))
            .map(vector -> part.dimensions().isPresent() ? Vectors.normalised(vector) : vector)
            .toList();
    var tokens =
        predictions.values().stream()
            .mapToLong(
                one -> one.path("embeddings").path("statistics").path("token_count").asLong(0))
            .sum();
    return new EmbeddingReply(Vectors.counted(vectors, part), Math.max(0, tokens));
  }

  private static JsonNode content(EmbeddingRequest part, Target target) {
    var body = Json.object();
    var parts = body.putObject("content").putArray("parts");
    part.texts(target.provider()).forEach(text -> parts.addObject().put("text", text));
    part.dimensions()
        .ifPresent(
            length -> body.putObject("embedContentConfig").put("outputDimensionality", length));
    return body;
  }

  private static JsonNode instances(EmbeddingRequest part, Target target) {
    var body = Json.object();
    var instances = body.putArray("instances");
    for (var text : part.texts(target.provider())) {
      var one = instances.addObject().put("content", text);
      Purposes.gemini(part).ifPresent(purpose -> one.put("task_type", purpose));
      part.extra("title").ifPresent(title -> one.put("title", title));
    }
    part.dimensions()
        .ifPresent(length -> body.putObject("parameters").put("outputDimensionality", length));
    return body;
  }

  private static List<String> dropped(EmbeddingRequest part, boolean later) {
    return part.extras().keySet().stream()
        .filter(name -> later || !(Purposes.NAMES.contains(name) || name.equals("title")))
        .sorted()
        .toList();
  }

  private static boolean isLater(String model) {
    return LATER_GEMINI.matcher(model).matches();
  }
}
