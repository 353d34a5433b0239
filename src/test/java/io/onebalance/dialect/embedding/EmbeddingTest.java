package io.onebalance.dialect.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.embedding.EmbeddingProvider.Asked;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Texts to vectors, from both kinds of clients to all kinds of providers.
class EmbeddingTest {
  private static final OpenAiEmbeddingClient CLIENT = new OpenAiEmbeddingClient();
  private static final GeminiEmbeddingClient GEMINI_CLIENT = new GeminiEmbeddingClient();
  private static final Target GEMINI = new Target("google-ai-studio", "gemini-embedding-001");

  private static EmbeddingRequest read(String input, String more) {
    return CLIENT.read(json("{\"model\":\"m\",\"input\":%s%s}".formatted(input, more)));
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }

  private static EmbeddingProvider of(String provider) {
    return switch (provider) {
      case "cohere" -> new CohereEmbeddingProvider();
      case "google-ai-studio" -> new GeminiEmbeddingProvider();
      default -> new OpenAiEmbeddingProvider();
    };
  }

  @Test
  void inputs_are_texts_or_tokens() {
    var text = new EmbeddingInput.Text("a");
    assertThat(read("\"a\"", "").inputs()).containsExactly(text);
    assertThat(read("[\"a\",\"a\"]", "").inputs()).containsExactly(text, text);
    var tokens = new EmbeddingInput.Tokens(List.of(1, 2));
    assertThat(read("[1,2]", "").inputs()).containsExactly(tokens);
    assertThat(read("[[1,2],\"a\"]", "").inputs()).containsExactly(tokens, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|model",
        "{\"model\":\"m\"}|input",
        "{\"model\":\"m\",\"input\":null}|input",
        "{\"model\":\"m\",\"input\":7}|input",
        "{\"model\":\"m\",\"input\":[]}|input",
        "{\"model\":\"m\",\"input\":\"\"}|input",
        "{\"model\":\"m\",\"input\":[\"a\",\"\"]}|input[1]",
        "{\"model\":\"m\",\"input\":[\"a\",{}]}|input[1]",
        "{\"model\":\"m\",\"input\":[[]]}|input[0]",
        "{\"model\":\"m\",\"input\":[1,\"a\"]}|input",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}|dimensions",
        "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"hex\"}|encoding_format",
      })
  void what_is_wrong_is_named(String body, String where) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> CLIENT.read(json(body)))
        .satisfies(bad -> assertThat(bad.where()).isEqualTo(where));
  }

  /// What each provider is sent.
  @ParameterizedTest
  @DisplayName("D34 each provider is asked for embeddings in its own words")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai|e|\"a\"||{\"model\":\"e\",\"input\":\"a\"}|",
        "openai|e|[\"a\",[1]]|,\"dimensions\":9,\"user\":\"u\"|{\"model\":\"e\",\"input\":[\"a\",[1]],\"dimensions\":9,\"user\":\"u\"}|",
        "mine|e|[1,2]|,\"user\":\"u\"|{\"model\":\"e\",\"input\":[1,2]}|user",
        "mistral|e|\"a\"|,\"dimensions\":9|{\"model\":\"e\",\"input\":\"a\",\"output_dimension\":9}|",
        "voyage|e|\"a\"|,\"dimensions\":9,\"task_type\":\"retrieval_query\"|{\"model\":\"e\",\"input\":\"a\",\"output_dimension\":9,\"input_type\":\"query\"}|",
        "voyage|e|\"a\"|,\"task_type\":\"CLUSTERING\"|{\"model\":\"e\",\"input\":\"a\"}|task_type",
        "cohere|e|\"a\"|,\"dimensions\":9,\"user\":\"u\"|{\"model\":\"e\",\"texts\":[\"a\"],\"input_type\":\"search_document\",\"embedding_types\":[\"float\"],\"output_dimension\":9}|user",
        "cohere|e|\"a\"|,\"task_type\":\"RETRIEVAL_QUERY\"|{\"model\":\"e\",\"texts\":[\"a\"],\"input_type\":\"search_query\",\"embedding_types\":[\"float\"]}|",
        "google-ai-studio|gemini-embedding-001|\"a\"|,\"dimensions\":9,\"task_type\":\"retrieval_document\",\"title\":\"t\",\"user\":\"u\"|{\"requests\":[{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"RETRIEVAL_DOCUMENT\",\"title\":\"t\",\"outputDimensionality\":9}]}|user",
        "google-ai-studio|models/gemini-embedding-2|\"a\"|,\"task_type\":\"CLUSTERING\"|{\"requests\":[{\"model\":\"models/gemini-embedding-2\",\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}|task_type",
      })
  void each_provider_is_asked_in_its_words(
      String provider, String model, String input, String more, String sent, String dropped) {
    var asked =
        of(provider).write(read(input, more == null ? "" : more), new Target(provider, model));
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().body()).isEqualTo(json(sent));
    assertThat(asked.getFirst().dropped())
        .isEqualTo(dropped == null ? List.of() : List.of(dropped));
  }

  @ParameterizedTest
  @ValueSource(strings = {"google-ai-studio", "cohere", "mistral", "voyage"})
  void tokens_are_refused_by_who_takes_texts_only(String provider) {
    var target = new Target(provider, "e");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> of(provider).write(read("[[1,2]]", ""), target))
        .withMessageContaining("texts only, not tokens");
  }

  @ParameterizedTest
  @CsvSource({"google-ai-studio, 100, 3", "cohere, 96, 3", "openai, 250, 1", "qwen, 10, 25"})
  void many_inputs_are_split_and_joined_in_order(String provider, int first, int parts) {
    var inputs =
        IntStream.range(0, 250)
            .mapToObj("\"%d\""::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    var request = read(inputs, "");
    var asked = of(provider).write(request, new Target(provider, "e"));
    assertThat(asked).hasSize(parts);
    assertThat(asked.getFirst().part().inputs()).hasSize(first);
    var replies = new ArrayList<EmbeddingReply>();
    asked.forEach(part -> replies.add(of(provider).read(answer(provider, part), part)));
    var joined = EmbeddingReply.joined(replies);
    assertThat(joined.vectors()).hasSize(250);
    for (var i = 0; i < 250; i++) {
      assertThat(joined.vectors().get(i)).containsExactly(i, 1);
    }
    assertThat(joined.inputTokens()).isEqualTo(7L * parts);
  }

  /// Vectors that begin with the number that the text says.
  private static JsonNode answer(String provider, Asked asked) {
    var answer = Json.object();
    var texts = asked.part().texts("anybody");
    switch (provider) {
      case "google-ai-studio" -> {
        var all = answer.putArray("embeddings");
        texts.forEach(text -> all.addObject().set("values", vector(text)));
        answer.putObject("usageMetadata").put("promptTokenCount", 7);
      }
      case "cohere" -> {
        var all = answer.putObject("embeddings").putArray("float");
        texts.forEach(text -> all.add(vector(text)));
        answer.putObject("meta").putObject("billed_units").put("input_tokens", 7);
      }
      default -> {
        var all = answer.putArray("data");
        for (var i = texts.size() - 1; i >= 0; i--) {
          all.addObject().put("index", i).set("embedding", vector(texts.get(i)));
        }
        answer.putObject("usage").put("total_tokens", 7);
      }
    }
    return answer;
  }

  private static JsonNode vector(String text) {
    return Json.array().add(Integer.parseInt(text)).add(1);
  }

  @Test
  @DisplayName("D34 vectors are written as numbers or as bytes, as was asked")
  void vectors_are_written_as_numbers_or_as_bytes() {
    var vector = new float[] {0.1f, -2, Float.MIN_VALUE};
    var reply = new EmbeddingReply(List.of(vector), 3);
    var numbers = CLIENT.write(reply, read("\"a\"", ""));
    assertThat(numbers.at("/data/0/embedding").size()).isEqualTo(3);
    assertThat(numbers.path("model").stringValue()).isEqualTo("m");
    assertThat(numbers.at("/usage/prompt_tokens").intValue()).isEqualTo(3);
    var bytes = CLIENT.write(reply, read("\"a\"", ",\"encoding_format\":\"base64\""));
    var written = Base64.getDecoder().decode(bytes.at("/data/0/embedding").stringValue());
    var floats = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(new float[] {floats.get(), floats.get(), floats.get()}).containsExactly(vector);
    var provider = new OpenAiEmbeddingProvider();
    var asked = provider.write(read("\"a\"", ""), new Target("openai", "e")).getFirst();
    for (var answer : List.of(numbers, bytes)) {
      assertThat(provider.read(answer, asked).vectors().getFirst()).containsExactly(vector);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-embedding-001, 768, true",
    "gemini-embedding-001, 3072, false",
    "gemini-embedding-001, , false",
    "gemini-embedding-2, 768, false",
  })
  void shortened_vectors_of_the_first_gemini_model_are_brought_to_length_one(
      String model, Integer dimensions, boolean unit) {
    var more = dimensions == null ? "" : ",\"dimensions\":" + dimensions;
    var provider = new GeminiEmbeddingProvider();
    var asked =
        provider.write(read("\"a\"", more), new Target("google-ai-studio", model)).getFirst();
    var read =
        provider.read(json("{\"embeddings\":[{\"values\":[3,4]}]}"), asked).vectors().getFirst();
    assertThat((double) read[0]).isCloseTo(unit ? 0.6 : 3, within(1e-6));
    assertThat((double) read[1]).isCloseTo(unit ? 0.8 : 4, within(1e-6));
  }

  @Test
  void tokens_that_nobody_counted_are_thought_to_be_a_quarter_of_the_characters() {
    var provider = new GeminiEmbeddingProvider();
    var asked = provider.write(read("\"abcde\"", ""), GEMINI).getFirst();
    var read = provider.read(json("{\"embeddings\":[{\"values\":[0]}]}"), asked);
    assertThat(read.inputTokens()).isEqualTo(2);
    assertThat(read.vectors().getFirst()).containsExactly(0);
  }

  @Test
  void gemini_clients_ask_one_or_many() {
    var one =
        "{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},\"outputDimensionality\":9,\"taskType\":\"CLUSTERING\"}";
    var single = GEMINI_CLIENT.readOne(json(one), "m");
    assertThat(single.inputs()).containsExactly(new EmbeddingInput.Text("a\nb"));
    assertThat(single.dimensions()).hasValue(9);
    assertThat(single.extras()).containsOnlyKeys("taskType");
    var many = GEMINI_CLIENT.readMany(json("{\"requests\":[%s,%s]}".formatted(one, one)), "m");
    assertThat(many.inputs()).hasSize(2);
    var reply = new EmbeddingReply(List.of(new float[] {1}, new float[] {2}), 4);
    assertThat(GEMINI_CLIENT.writeOne(reply).at("/embedding/values/0").intValue()).isOne();
    assertThat(GEMINI_CLIENT.writeMany(reply).at("/embeddings/1/values/0").intValue()).isEqualTo(2);
    assertThat(
            new CohereEmbeddingProvider()
                .write(many, new Target("cohere", "e"))
                .getFirst()
                .body()
                .path("input_type")
                .stringValue())
        .isEqualTo("clustering");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"requests\":[]}",
        "{\"requests\":[{}]}",
        "{\"requests\":[{\"content\":{}}]}",
        "{\"requests\":[{\"content\":{\"parts\":[{\"inlineData\":{}}]}}]}",
        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"X\"}]}",
      })
  void what_gemini_clients_cannot_ask_is_refused(String body) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> GEMINI_CLIENT.readMany(json(body), "m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "google-ai-studio", "cohere"})
  void what_is_no_answer_is_not_read_as_one(String provider) {
    var asked = of(provider).write(read("\"1\"", ""), new Target(provider, "e")).getFirst();
    var right = answer(provider, asked).toString();
    for (var body :
        List.of(
            "{}",
            "[]",
            right.replace("[1,1]", "7"),
            right.replace("[1,1]", "[]"),
            right.replace("[1,1]", "[\"a\"]"),
            right.replace("[1,1]", "\"=\""))) {
      assertThatExceptionOfType(UnreadableAnswer.class)
          .as(body)
          .isThrownBy(() -> of(provider).read(json(body), asked));
    }
  }

  @Test
  void vertex_ai_predicts_many_texts_and_embeds_one_content_of_later_models() {
    var request =
        new OpenAiEmbeddingClient()
            .read(
                Json.read("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"task_type\":\"QUERY\"}")
                    .orElseThrow());
    var vertex = new VertexEmbeddingProvider();
    var many = vertex.write(request, new Target("google-vertex-ai", "text-embedding-005"));
    assertThat(many).hasSize(1);
    assertThat(Json.text(many.getFirst().body()))
        .isEqualTo(
            "{\"instances\":[{\"content\":\"a\",\"task_type\":\"RETRIEVAL_QUERY\"},"
                + "{\"content\":\"b\",\"task_type\":\"RETRIEVAL_QUERY\"}]}");
    var told =
        "{\"predictions\":[{\"embeddings\":{\"values\":[1.0],\"statistics\":{\"token_count\":2}}},"
            + "{\"embeddings\":{\"values\":[0.5],\"statistics\":{\"token_count\":3}}}]}";
    var reply = vertex.read(Json.read(told).orElseThrow(), many.getFirst());
    assertThat(reply.inputTokens()).isEqualTo(5);
    assertThat(reply.vectors()).containsExactly(new float[] {1}, new float[] {0.5f});
    assertThat(vertex.write(request, new Target("google-vertex-ai", "gemini-embedding-001")))
        .hasSize(2);
    var later = vertex.write(request, new Target("google-vertex-ai", "gemini-embedding-2"));
    assertThat(later).hasSize(2);
    assertThat(Json.text(later.getFirst().body()))
        .isEqualTo("{\"content\":{\"parts\":[{\"text\":\"a\"}]}}");
    var one = Json.read("{\"embedding\":{\"values\":[0.25]}}").orElseThrow();
    assertThat(vertex.read(one, later.getFirst()).vectors()).containsExactly(new float[] {0.25f});
    assertThat(VertexEmbeddingProvider.verb("gemini-embedding-2")).isEqualTo("embedContent");
    assertThat(VertexEmbeddingProvider.verb("text-embedding-005")).isEqualTo("predict");
  }
}
