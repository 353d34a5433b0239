package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every dialect of clients against every dialect of providers, over real sockets.
class TranslationTest {
  private static final String DEAD = "first-key-000000000000000000";
  private static final String LIMITED = "second-key-00000000000000000";
  private static final String GOOD = "third-key-000000000000000000";
  private static final List<String> MODELS =
      List.of(
          "openai/gpt-4o-mini", "google-ai-studio/gemini-2.5-flash", "anthropic/claude-haiku-4-5");
  private static final String ECHO = "You said: hello";

  private final Rig rig = new Rig();

  static Stream<Arguments> pairs() {
    return pairs((_, _) -> true);
  }

  /// Pairs that are translated: of the others the bytes pass as they are.
  static Stream<Arguments> strangers() {
    return pairs((tongue, model) ->
        switch (tongue) {
          case OPENAI, RESPONSES -> !model.startsWith("openai");
          case ANTHROPIC -> !model.startsWith("anthropic");
          case GEMINI -> !model.startsWith("google");
        });
  }

  private static Stream<Arguments> pairs(BiPredicate<Tongue, String> wanted) {
    return Arrays.stream(Tongue.values())
        .flatMap(tongue ->
            MODELS.stream()
                .filter(model -> wanted.test(tongue, model))
                .map(model -> Arguments.of(tongue, model)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void an_answer(Tongue tongue, String model) {
    rig.keys(provider(model), GOOD);
    var answer = tongue.ask(rig, model, false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(tongue.text(new JsonObject(answer.body()))).startsWith(ECHO);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_stream(Tongue tongue, String model) {
    rig.keys(provider(model), GOOD);
    var answer = tongue.ask(rig, model, true);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(tongue.streamed(answer.body())).startsWith(ECHO);
    assertThat(answer.body()).containsOnlyOnce(tongue.end());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_dead_and_a_limited_key_are_stepped_over(Tongue tongue, String model) {
    rig.keys(provider(model), DEAD, LIMITED, GOOD);
    rig.script.key(DEAD, Fault.dead());
    rig.script.key(LIMITED, Fault.limited(Duration.ofHours(1)));
    for (var i = 0; i < 3; i++) {
      assertThat(tongue.streamed(tongue.ask(rig, model, true).body())).startsWith(ECHO);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("F22 a dead key is nobody else's trouble: never a 401 for the client")
  void nothing_but_dead_keys(Tongue tongue, String model) {
    rig.keys(provider(model), DEAD);
    rig.script.key(DEAD, Fault.dead());
    var answer = tongue.ask(rig, model, false);
    assertThat(answer.statusCode()).isIn(502, 503);
    assertThat(tongue.complaint(new JsonObject(answer.body()))).isNotBlank();
    assertThat(answer.body()).doesNotContain(DEAD);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  @DisplayName("F23 a mistake of the client's is told in its own dialect")
  void a_mistake(Tongue tongue, String model) {
    rig.keys(provider(model), GOOD);
    rig.script.play(Match.ALL, Fault.refuses(new Complaint.BadRequest("the wish is too wild")));
    var answer = tongue.ask(rig, model, false);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(tongue.complaint(new JsonObject(answer.body())))
        .isIn("invalid_request_error", "INVALID_ARGUMENT");
    assertThat(answer.body()).contains("the wish is too wild");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  @DisplayName("F24 a provider that fails is told in the client's dialect, with its status")
  void a_failure(Tongue tongue, String model) {
    rig.keys(provider(model), GOOD);
    rig.script.key(GOOD, Fault.broken());
    var answer = tongue.ask(rig, model, false);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(tongue.complaint(new JsonObject(answer.body())))
        .isIn("server_error", "api_error", "INTERNAL");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  @DisplayName(
      "F4 a stream that breaks off ends with the error event of the client's dialect, and never"
          + " cleanly")
  void a_broken_stream(Tongue tongue, String model) throws IOException {
    rig.keys(provider(model), GOOD);
    rig.script.key(GOOD, new Fault.Cuts(700, false));
    var told = tongue.hearAll(rig, model);
    assertThat(told)
        .contains("HTTP/1.1 200")
        .doesNotContain("[DONE]", "message_stop", "response.completed");
    assertThat(told).contains("error", "cut off").doesNotEndWith("0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void an_answer_that_cannot_be_read_is_the_providers_failure(Tongue tongue, String model) {
    rig.keys(provider(model), GOOD);
    rig.script.key(
        GOOD,
        new Fault.Says(200, Map.of("content-type", "application/json"), "[7]".getBytes(UTF_8)));
    var answer = tongue.ask(rig, model, false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(tongue.complaint(new JsonObject(answer.body()))).isNotBlank();
  }

  @Test
  void what_a_provider_is_not_told_stands_in_a_header() {
    rig.keys("google-ai-studio", GOOD);
    var answer =
        rig.post(
            "/v1/chat/completions",
            """
            {"model":"gemini/gemini-2.5-flash","logit_bias":{"1":2},"user":"me",
             "messages":[{"role":"user","content":"hello"}]}
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-one-balance-dropped").orElseThrow().split(", "))
        .contains("logit_bias", "user");
  }

  @Test
  @DisplayName("S13 names that no field of an answer may hold break none")
  void odd_names_in_a_header() {
    assertThat(dropped("\"a\\r\\n b: ü\":1,")).isEqualTo("a?? b: ?");
  }

  @Test
  @DisplayName("S13 more names than a field of an answer holds are counted, long ones cut")
  void many_names_in_a_header() {
    var names =
        IntStream.range(0, 60)
            .mapToObj(i -> "\"w%d%s\":1,".formatted(i, "o".repeat(200)))
            .collect(Collectors.joining());
    assertThat(dropped(names).split(", "))
        .hasSize(51)
        .endsWith("and 10 more")
        .allSatisfy(name -> assertThat(name).hasSizeLessThan(110));
  }

  private String dropped(String members) {
    rig.keys("google-ai-studio", GOOD);
    var answer =
        rig.post(
            "/v1/chat/completions",
            "{\"model\":\"gemini/gemini-2.5-flash\","
                + members
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("x-one-balance-dropped").orElseThrow();
  }

  @Test
  void what_cannot_be_read_is_refused_with_its_place() {
    rig.keys("google-ai-studio", GOOD);
    var answer =
        rig.post("/v1/chat/completions", "{\"model\":\"gemini/gemini-2.5-flash\",\"messages\":7}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("messages");
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  void the_next_leg_of_a_virtual_model_may_speak_another_dialect() {
    rig.virtualModels =
        new VirtualModels(
            Map.of(
                "claude-*haiku*",
                List.of(
                    new Leg("google-ai-studio", "gemini-2.5-flash", 0),
                    new Leg("openai", "gpt-4o-mini", 0))));
    rig.keys("google-ai-studio", DEAD);
    rig.keys("openai", GOOD);
    rig.script.key(DEAD, Fault.limited(Duration.ofHours(1)));
    var answer = Tongue.ANTHROPIC.ask(rig, "claude-haiku-4-5", true);
    assertThat(Tongue.ANTHROPIC.streamed(answer.body())).startsWith(ECHO);
    assertThat(answer.body()).contains("\"model\":\"claude-haiku-4-5\"");
  }

  private static String provider(String model) {
    return model.substring(0, model.indexOf('/'));
  }
}
