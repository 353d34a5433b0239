package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.Ending;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Vectors for clients of OpenAI's dialect and of Gemini's, from providers of any.
class EmbeddingCallTest {
  private static final String PATH = "/v1/embeddings";
  private static final String MODEL = "google-ai-studio/gemini-embedding-001";
  private static final String GEMINI = "gemini-key-0000000000000000";
  private static final String OTHER = "gemini-key-1111111111111111";
  private static final String OPENAI = "openai-key-0000000000000000";

  private final Rig rig = new Rig();

  EmbeddingCallTest() {
    rig.keys("google-ai-studio", GEMINI);
    rig.keys("openai", OPENAI);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String asked(String model, int inputs) {
    var texts = new JsonArray(IntStream.range(0, inputs).mapToObj(i -> "text " + i).toList());
    return new JsonObject().put("model", model).put("input", texts).put("dimensions", 8).encode();
  }

  private static JsonObject served(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static List<Object> vectors(JsonObject answer) {
    return answer.getJsonArray("data").stream()
        .map(one -> ((JsonObject) one).getValue("embedding"))
        .toList();
  }

  private static JsonObject body(Asked asked) {
    return new JsonObject(new String(asked.heard().body(), StandardCharsets.UTF_8));
  }

  private List<Integer> sizes() {
    return rig.sandbox.seen().all().stream()
        .map(asked -> body(asked).getJsonArray("requests").size())
        .toList();
  }

  @Test
  void openai_takes_the_bytes_as_they_are() {
    var written = "{ \"model\":\"openai/text-embedding-3-small\", \"input\" : [\"a\"]}";
    served(rig.post(PATH, written));
    assertThat(new String(rig.sandbox.seen().last().heard().body(), StandardCharsets.UTF_8))
        .isEqualTo(written.replace("openai/", ""));
  }

  @Test
  void more_inputs_than_google_takes_at_once_are_asked_in_parts_and_joined_in_order() {
    var answer = rig.post(PATH, asked(MODEL, 250));
    var all = served(answer);
    assertThat(sizes()).containsExactly(100, 100, 50);
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("3");
    assertThat(answer.headers().firstValue("x-one-balance-key")).contains(GEMINI);
    assertThat(vectors(all)).hasSize(250).doesNotHaveDuplicates();
    var few = vectors(served(rig.post(PATH, asked(MODEL, 3))));
    assertThat(vectors(all).subList(0, 3)).isEqualTo(few);
    assertThat(all.getJsonObject("usage").getInteger("prompt_tokens")).isPositive();
    rig.untilIdle("google-ai-studio");
  }

  @Test
  void each_part_has_a_failover_of_its_own_and_the_attempts_are_summed() {
    rig.keys("google-ai-studio", OTHER);
    rig.script.play(Match.ALL, Fault.well(), Fault.limited(Duration.ofSeconds(40)), Fault.well());
    var answer = rig.post(PATH, asked(MODEL, 250));
    assertThat(vectors(served(answer))).hasSize(250);
    assertThat(sizes()).containsExactly(100, 100, 100, 50);
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("4");
  }

  @Test
  void a_part_that_is_refused_ends_the_request() {
    rig.script.play(
        Match.ALL, Fault.well(), Fault.refuses(new Complaint.BadRequest("too long a text")));
    var answer = rig.post(PATH, asked(MODEL, 250));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("too long a text");
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("2");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  void the_next_leg_begins_anew_where_a_part_of_the_first_one_fails() {
    rig.virtualModels =
        new VirtualModels(
            Map.of(
                "vectors",
                List.of(
                    new Leg("google-ai-studio", "gemini-embedding-001", 0),
                    new Leg("openai", "text-embedding-3-small", 0))));
    rig.script.play(Match.key(GEMINI), Fault.well(), Fault.dead());
    var answer = rig.post(PATH, asked("vectors", 150));
    assertThat(vectors(served(answer))).hasSize(150);
    assertThat(rig.sandbox.seen().last().key()).isEqualTo(OPENAI);
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("3");
  }

  @Test
  @DisplayName("P14 a client that leaves stops the parts that are left")
  void a_client_that_leaves() throws Exception {
    rig.script.play(Match.ALL, Fault.well(), Fault.hangs());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", PATH, asked(MODEL, 250)));
      var second = rig.sandbox.seen().nth(2).get(30, TimeUnit.SECONDS);
      line.reset();
      assertThat(second.ending().get(30, TimeUnit.SECONDS).how()).isEqualTo(Ending.LEFT);
    }
    rig.untilIdle("google-ai-studio");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  void a_gemini_client_gets_vectors_from_openai() {
    var one = "{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":4}";
    var path = "/v1beta/models/openai%2Ftext-embedding-3-small:";
    var single = served(rig.post(path + "embedContent", one));
    assertThat(single.getJsonObject("embedding").getJsonArray("values")).hasSize(4);
    var many = "{\"requests\":[" + one + "," + one.replace("\"a\"", "\"b\"") + "]}";
    var both = served(rig.post(path + "batchEmbedContents", many));
    assertThat(both.getJsonArray("embeddings")).hasSize(2);
    assertThat(rig.sandbox.seen().last().heard().path()).endsWith("/v1/embeddings");
  }

  @Test
  void a_gemini_client_of_google_gets_what_google_says_and_names_one_model_throughout() {
    var path = "/v1beta/models/google-ai-studio%2Fgemini-embedding-001:batchEmbedContents";
    var many =
        "{\"requests\":[{\"model\":\"models/"
            + MODEL
            + "\",\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}";
    assertThat(served(rig.post(path, many)).getJsonArray("embeddings")).hasSize(1);
    var first = body(rig.sandbox.seen().last()).getJsonArray("requests").getJsonObject(0);
    assertThat(first.getString("model")).isEqualTo("models/gemini-embedding-001");
  }

  @Test
  void cohere_is_asked_in_its_own_way() {
    rig.keys("cohere", OPENAI);
    rig.at("cohere", rig.sandbox.url() + "/openai");
    var told =
        "{\"embeddings\":{\"float\":[[0.5,0.25]]},\"meta\":{\"billed_units\":{\"input_tokens\":7}}}";
    rig.script.play(
        Match.ALL,
        new Fault.Says(
            200,
            Map.of("content-type", "application/json"),
            told.getBytes(StandardCharsets.UTF_8)));
    var answer = served(rig.post(PATH, asked("cohere/embed-v4.0", 1)));
    assertThat(vectors(answer)).containsExactly(new JsonArray("[0.5,0.25]"));
    assertThat(answer.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(7);
    var heard = rig.sandbox.seen().last().heard();
    assertThat(heard.path()).endsWith("/v2/embed");
    assertThat(body(rig.sandbox.seen().last()).getString("input_type"))
        .isEqualTo("search_document");
  }

  @Test
  void what_a_provider_cannot_embed_is_the_clients_mistake_and_nobody_is_asked() {
    rig.keys("anthropic", OPENAI);
    var tokens = "{\"model\":\"" + MODEL + "\",\"input\":[1,2,3]}";
    assertThat(rig.post(PATH, tokens).body()).contains("invalid_request", "input");
    var nowhere = rig.post(PATH, asked("anthropic/claude-sonnet-4-5", 1));
    assertThat(nowhere.statusCode()).isEqualTo(400);
    assertThat(rig.sandbox.seen().count()).isZero();
  }
}
