package io.onebalance.dialect.embedding;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client of Gemini's `embedContent` and `batchEmbedContents`, whose model stands in the path.
/// Members have two spellings.
public final class GeminiEmbeddingClient {
  private static final Set<String> KNOWN =
      Set.of("model", "content", "outputDimensionality", "output_dimensionality");

  /// What `embedContent` asks.
  ///
  /// @throws BadRequest where a member is not what the dialect says, naming it
  public EmbeddingRequest readOne(JsonNode body, String model) {
    return request(model, List.of(Members.of(body, "")));
  }

  /// What `batchEmbedContents` asks. All of its requests must want the same, but for the content.
  ///
  /// @throws BadRequest where a member is not what the dialect says, naming it
  public EmbeddingRequest readMany(JsonNode body, String model) {
    var told = Members.of(body, "");
    var requests = told.objects("requests");
    if (requests.isEmpty()) {
      throw told.wrong("requests", "must hold at least one request");
    }
    return request(model, requests);
  }

  /// The answer to `embedContent`.
  public JsonNode writeOne(EmbeddingReply reply) {
    var answer = Json.object();
    answer.putObject("embedding").set("values", Vectors.write(reply.vectors().getFirst(), false));
    return used(answer, reply);
  }

  /// The answer to `batchEmbedContents`.
  public JsonNode writeMany(EmbeddingReply reply) {
    var answer = Json.object();
    var all = answer.putArray("embeddings");
    reply.vectors().forEach(vector -> all.addObject().set("values", Vectors.write(vector, false)));
    return used(answer, reply);
  }

  private static JsonNode used(ObjectNode answer, EmbeddingReply reply) {
    answer.putObject("usageMetadata").put("promptTokenCount", reply.inputTokens());
    return answer;
  }

  private static EmbeddingRequest request(String model, List<Members> requests) {
    var first = requests.getFirst();
    var inputs = new ArrayList<EmbeddingInput>();
    for (var one : requests) {
      inputs.add(new EmbeddingInput.Text(text(one)));
      if (!wishes(one).equals(wishes(first))) {
        throw new BadRequest(one.where(), "must ask for the same as the first, but for content");
      }
    }
    var dimensions =
        first.integer("outputDimensionality").or(() -> first.integer("output_dimensionality"));
    return new EmbeddingRequest(model, inputs, dimensions, false, first.others(KNOWN));
  }

  private static Map<String, Optional<JsonNode>> wishes(Members request) {
    var wishes = new TreeMap<String, Optional<JsonNode>>();
    request
        .others(Set.of("model", "content"))
        .forEach((name, value) -> wishes.put(name, Optional.of(value)));
    return wishes;
  }

  private static String text(Members request) {
    var content =
        request.object("content").orElseThrow(() -> request.wrong("content", "is missing"));
    var text =
        content.objects("parts").stream()
            .map(part ->
                part.text("text")
                    .orElseThrow(
                        () -> part.wrong("text", "is missing; texts alone can be embedded")))
            .collect(Collectors.joining("\n"));
    if (text.isEmpty()) {
      throw content.wrong("parts", "must hold a text");
    }
    return text;
  }
}
