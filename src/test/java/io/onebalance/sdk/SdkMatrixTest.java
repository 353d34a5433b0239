package io.onebalance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.onebalance.Running;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.sdk.Sdk.Door;
import io.onebalance.sdk.Wire.Told;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every official client against every family of providers, and the clouds that have ways of their
/// own to be asked, through the whole program.
final class SdkMatrixTest {
  private static final String ECHO = "You said: hello\nOnce upon a time";
  private static final List<String> MODELS =
      List.of(
          "openai/gpt-4o-mini",
          "groq/llama-3.3-70b-versatile",
          "google-ai-studio/gemini-2.5-flash",
          "anthropic/claude-haiku-4-5",
          "azure-openai/gpt-4o-mini",
          "aws-bedrock/openai.gpt-oss-120b-1:0",
          "google-vertex-ai/gemini-2.5-flash",
          "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast");
  private static final List<String> PROVIDERS =
      List.of(
          "openai",
          "groq",
          "openrouter",
          "google-ai-studio",
          "anthropic",
          "azure-openai",
          "aws-bedrock",
          "google-vertex-ai",
          "workers-ai");
  private static final List<String> EMBEDDINGS =
      List.of(
          "openai/text-embedding-3-small",
          "google-ai-studio/gemini-embedding-001",
          "openrouter/openai/text-embedding-3-small",
          "azure-openai/text-embedding-3-small",
          "google-vertex-ai/gemini-embedding-2",
          "workers-ai/@cf/baai/bge-m3");

  /// Rosetta conversations, and the cities that the model asks for in them.
  private static final Map<String, List<String>> CALLS =
      Map.of("one-tool", List.of("Lisbon"), "parallel-calls", List.of("Lisbon", "Porto"));

  /// A client of one kind, and whom it asks.
  private record Caller(Kind kind, Door door) {}

  /// What rests after a trouble is back two hours later.
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static final Map<Caller, Sdk> SDKS = new HashMap<>();

  private static OlderClient older;
  private static Running house;

  /// A house of its own for troubles, as keys learn from them.
  private static Running troubled;

  @BeforeAll
  static void open(@TempDir Path dir) {
    older = OlderClient.start();
    house = withKeys(Running.in(dir.resolve("well")));
    troubled =
        withKeys(Running.at(() -> Instant.now().plus(AHEAD.get()), dir.resolve("troubled"), ""));
  }

  @AfterAll
  static void close() {
    SDKS.clear();
    troubled.close();
    house.close();
    older.close();
  }

  @BeforeEach
  void allGoesWell() {
    house.script.play(Match.ALL, Fault.well());
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> MODELS.stream().map(model -> Arguments.of(kind, model)));
  }

  static Stream<Arguments> embeddings() {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.embeds)
        .flatMap(kind -> EMBEDDINGS.stream().map(model -> Arguments.of(kind, model)));
  }

  private static Running withKeys(Running running) {
    PROVIDERS.forEach(provider -> running.keys(provider, provider + "-key"));
    return running;
  }

  private static Sdk sdk(Kind kind) {
    return sdk(new Caller(kind, new Door(house.url(), Running.AUTH)));
  }

  private static Sdk sdk(Caller caller) {
    return SDKS.computeIfAbsent(caller, _ -> caller.kind.at(caller.door, older));
  }

  /// The names of what was thrown, wherever that was.
  private static List<String> kinds(Throwable thrown) {
    return thrown instanceof OlderClient.Thrown there
        ? there.kinds()
        : Stream.<Class<?>>iterate(thrown.getClass(), kind -> kind != null, Class::getSuperclass)
            .map(Class::getName)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void it_chats_and_streams(Kind kind, String model) {
    assertThat(sdk(kind).say(model, false)).startsWith(ECHO);
    assertThat(sdk(kind).say(model, true)).startsWith(ECHO);
  }

  @ParameterizedTest
  @CsvSource({
    "azure-openai/gpt-4o-mini, api-key, /openai/v1/chat/completions",
    "aws-bedrock/openai.gpt-oss-120b-1:0, authorization, /openai/v1/chat/completions",
    "google-vertex-ai/gemini-2.5-flash, x-goog-api-key,"
        + " /gemini/v1/publishers/google/models/gemini-2.5-flash:generateContent",
    "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast, authorization,"
        + " /openai/v1/chat/completions"
  })
  void each_cloud_is_asked_in_its_own_place_with_its_own_key(
      String model, String field, String path) {
    assertThat(sdk(Kind.LANGCHAIN4J_OPENAI).say(model, false)).startsWith(ECHO);
    var asked = house.sandbox.seen().last();
    var provider = model.substring(0, model.indexOf('/'));
    assertThat(asked.heard().path()).isEqualTo(path);
    assertThat(asked.key()).isEqualTo(provider + "-key");
    assertThat(asked.heard().header(field)).endsWith(provider + "-key");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void calls_and_their_results_reach_the_provider_in_its_own_shape(Kind kind, String model) {
    for (var conversation : CALLS.keySet()) {
      for (var streamed : List.of(false, true)) {
        Wire.play(house.script, conversation, streamed);
        var cities = sdk(kind).useTool(model, streamed);
        assertThat(cities).as(conversation).isEqualTo(CALLS.get(conversation));
        assertTold(Told.by(house.sandbox.seen().last()), cities);
      }
    }
  }

  private static void assertTold(Told told, List<String> cities) {
    for (var i = 0; i < cities.size(); i++) {
      var calling = told.calling(i, cities.size());
      assertThat(calling.name()).as(told.toString()).isEqualTo("weather");
      assertThat(calling.arguments()).isEqualTo(new JsonObject().put("city", cities.get(i)));
      assertThat(calling.called()).isEqualTo(calling.answered()).isNotEqualTo("null");
      assertThat(calling.result()).contains(Sdk.weather(cities.get(i)));
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_schema_reaches_the_provider_in_its_own_words(Kind kind, String model) {
    Wire.play(house.script, "answer-by-schema", false);
    var person = sdk(kind).invent(model);
    assertThat(person.name).isEqualTo("Ada");
    assertThat(person.age).isEqualTo(36);
    var told = Told.by(house.sandbox.seen().last());
    assertThat(told.schema().getJsonObject("properties", new JsonObject()).fieldNames())
        .as(told.toString())
        .containsExactlyInAnyOrder("name", "age");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("F22 F23 F24 each trouble is the exception that the client has for it")
  void each_trouble_is_the_exception_that_the_client_has_for_it(Kind kind, String model) {
    for (var trouble : Trouble.values()) {
      AHEAD.updateAndGet(ahead -> ahead.plusHours(2));
      troubled.script.play(Match.ALL, trouble.fault());
      var sdk = sdk(new Caller(kind, new Door(troubled.url(), trouble.key())));
      var thrown = catchThrowable(() -> sdk.say(model, false));
      assertThat(kinds(thrown)).as("%s", thrown).contains(sdk.thrownFor(trouble).getName());
      assertThat(sdk.statusOf(thrown)).isEqualTo(trouble.status);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("F4 a stream that breaks off is never taken for a whole one")
  void a_stream_that_breaks_off_is_an_exception(Kind kind, String model) {
    house.script.play(Match.ALL, new Fault.Cuts(700, false));
    var sdk = sdk(kind);
    var thrown = catchThrowable(() -> sdk.say(model, true));
    assertThat(kinds(thrown)).as("%s", thrown).contains(sdk.thrownForBrokenStream().getName());
  }

  @ParameterizedTest
  @EnumSource
  void it_lists_the_models_of_every_provider(Kind kind) {
    assertThat(sdk(kind).models())
        .anyMatch(id -> id.contains("openai/"))
        .anyMatch(id -> id.contains("groq/"))
        .anyMatch(id -> id.contains("google-ai-studio/"))
        .anyMatch(id -> id.contains("anthropic/"))
        .anyMatch(id -> id.contains("azure-openai/"))
        .anyMatch(id -> id.contains("workers-ai/"));
  }

  @ParameterizedTest
  @MethodSource("embeddings")
  void texts_become_vectors_in_their_order(Kind kind, String model) {
    var sdk = sdk(kind);
    var vectors = sdk.embed(model, List.of("one", "two"));
    assertThat(vectors).hasSize(2).allMatch(vector -> vector.size() > 100).doesNotHaveDuplicates();
    assertThat(sdk.embed(model, List.of("two", "one"))).isEqualTo(vectors.reversed());
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "GOOGLE", "LANGCHAIN4J_OPENAI", "LANGCHAIN4J_GEMINI"})
  void a_provider_without_embeddings_says_so(Kind kind) {
    var sdk = sdk(kind);
    var thrown = catchThrowable(() -> sdk.embed("anthropic/claude-haiku-4-5", List.of("one")));
    assertThat(kinds(thrown)).as("%s", thrown).contains(sdk.thrownFor(Trouble.MISTAKE).getName());
  }
}
