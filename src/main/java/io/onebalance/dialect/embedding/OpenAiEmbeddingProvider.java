package io.onebalance.dialect.embedding;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's `embeddings`, and those who took them over: Mistral and Voyage call the length of
/// vectors otherwise, and Voyage wants to know what a text is for. The format of vectors is not
/// asked for: without it all of them write numbers.
public final class OpenAiEmbeddingProvider implements EmbeddingProvider {
  private static final int MOST = 2048;

  /// How many inputs a request may have, where it is not what OpenAI takes.
  private static final Map<String, Integer> AT_ONCE =
      Map.of("voyage", 1000, "qwen", 10, "mistral", 512);

  /// Who cannot read the tokens of OpenAI's tokenizer.
  private static final Set<String> TEXTS_ONLY =
      Set.of("mistral", "voyage", "qwen", "workers-ai", "huggingface", "google-ai-studio");

  private static final Set<String> KNOW_USERS = Set.of("openai", "azure-openai");
  private static final Set<String> RENAMED = Set.of("mistral", "voyage");

  /// Whether this provider takes something else than OpenAI's clients write.
  public static boolean differs(String provider) {
    return AT_ONCE.containsKey(provider) || TEXTS_ONLY.contains(provider);
  }

  @Override
  public List<Asked> write(EmbeddingRequest request, Target target) {
    var asked = new ArrayList<Asked>();
    for (var part : Batches.of(request, AT_ONCE.getOrDefault(target.provider(), MOST))) {
      var body = Json.object().put("model", target.model());
      inputs(part, target, body);
      var length = RENAMED.contains(target.provider()) ? "output_dimension" : "dimensions";
      part.dimensions().ifPresent(dimensions -> body.put(length, dimensions));
      asked.add(new Asked(body, part, target, extras(part, target, body)));
    }
    return asked;
  }

  @Override
  public EmbeddingReply read(JsonNode body, Asked asked) {
    var data = body.path("data");
    if (!data.isArray()) {
      throw new UnreadableAnswer("data: must be an array");
    }
    var vectors =
        data.values().stream()
            .sorted(Comparator.comparingInt(one -> one.path("index").asInt(0)))
            .map(one -> Vectors.read(one.path("embedding")))
            .toList();
    var usage = body.path("usage");
    var tokens = usage.path("prompt_tokens").asLong(usage.path("total_tokens").asLong(0));
    return new EmbeddingReply(Vectors.counted(vectors, asked.part()), Math.max(0, tokens));
  }

  /// One input is written alone, as clients do.
  private static void inputs(EmbeddingRequest part, Target target, ObjectNode body) {
    if (TEXTS_ONLY.contains(target.provider())) {
      part.texts(target.provider());
    }
    if (part.inputs().size() == 1) {
      body.set("input", written(part.inputs().getFirst()));
    } else {
      var all = body.putArray("input");
      part.inputs().forEach(input -> all.add(written(input)));
    }
  }

  private static JsonNode written(EmbeddingInput input) {
    return switch (input) {
      case EmbeddingInput.Text(var text) -> JsonNodeFactory.instance.stringNode(text);
      case EmbeddingInput.Tokens(var tokens) -> {
        var all = Json.array();
        tokens.forEach(all::add);
        yield all;
      }
    };
  }

  private static List<String> extras(EmbeddingRequest part, Target target, ObjectNode body) {
    var dropped = new ArrayList<String>();
    var purpose =
        target.provider().equals("voyage") ? Purposes.voyage(part) : Optional.<String>empty();
    purpose.ifPresent(word -> body.put("input_type", word));
    new TreeMap<>(part.extras())
        .forEach((name, value) -> {
          if (name.equals("user") && KNOW_USERS.contains(target.provider())) {
            body.set(name, value);
          } else if (purpose.isEmpty() || !Purposes.NAMES.contains(name)) {
            dropped.add(name);
          }
        });
    return dropped;
  }
}
