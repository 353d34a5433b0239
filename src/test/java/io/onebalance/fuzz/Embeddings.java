package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.embedding.CohereEmbeddingProvider;
import io.onebalance.dialect.embedding.EmbeddingProvider;
import io.onebalance.dialect.embedding.EmbeddingRequest;
import io.onebalance.dialect.embedding.GeminiEmbeddingClient;
import io.onebalance.dialect.embedding.GeminiEmbeddingProvider;
import io.onebalance.dialect.embedding.OpenAiEmbeddingClient;
import io.onebalance.dialect.embedding.OpenAiEmbeddingProvider;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Requests for vectors, and what providers answer. The first line is what a client asks, the rest
/// an answer; each is read in every way.
///
/// All inputs are asked for, in order, and an answer is read only where it has one vector for each.
final class Embeddings implements Target {
  private static final OpenAiEmbeddingClient OPENAI = new OpenAiEmbeddingClient();
  private static final GeminiEmbeddingClient GEMINI = new GeminiEmbeddingClient();

  private static final List<String> PROVIDERS =
      List.of("openai", "mistral", "voyage", "cohere", "google-ai-studio");

  private interface Reader {
    EmbeddingRequest read(JsonNode body);
  }

  private static final List<Reader> READERS =
      List.of(OPENAI::read, body -> GEMINI.readOne(body, "m"), body -> GEMINI.readMany(body, "m"));

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var asked = Json.read(parts.line());
    var answer = Json.read(parts.rest());
    for (var reader : READERS) {
      asked.ifPresent(body -> {
        try {
          check(reader.read(body), answer.orElseGet(Json::object));
        } catch (BadRequest refused) {
          assertThat(refused.where()).isNotEmpty();
        }
      });
    }
  }

  private static void check(EmbeddingRequest request, JsonNode answer) {
    for (var name : PROVIDERS) {
      var provider = of(name);
      try {
        var all = provider.write(request, new io.onebalance.dialect.Target(name, "m"));
        assertThat(all.stream().flatMap(part -> part.part().inputs().stream()).toList())
            .isEqualTo(request.inputs());
        all.forEach(part -> answered(provider, part, answer));
      } catch (BadRequest refused) {
        assertThat(refused.where()).isEqualTo("input");
      }
    }
  }

  private static void answered(
      EmbeddingProvider provider, EmbeddingProvider.Asked asked, JsonNode answer) {
    try {
      var reply = provider.read(answer, asked);
      assertThat(reply.vectors()).hasSameSizeAs(asked.part().inputs());
      var written = OPENAI.write(reply, asked.part()).path("data");
      assertThat(written.size()).isEqualTo(reply.vectors().size());
      assertThat(GEMINI.writeMany(reply).path("embeddings").size()).isEqualTo(written.size());
    } catch (UnreadableAnswer odd) {
      assertThat(odd.getMessage()).isNotEmpty();
    }
  }

  private static EmbeddingProvider of(String name) {
    return switch (name) {
      case "cohere" -> new CohereEmbeddingProvider();
      case "google-ai-studio" -> new GeminiEmbeddingProvider();
      default -> new OpenAiEmbeddingProvider();
    };
  }
}
