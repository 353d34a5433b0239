package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.relay.ask.again.Spent;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a provider refuses for a part that it could be without is asked once more without it.
class ModestAskingTest {
  private static final String KEY = "gemini-key-0000000000000000";
  private static final String CHAT = "/v1/chat/completions";
  private static final String TOOLS =
      """
      "tools":[{"type":"function","function":{"name":"look","parameters":
        {"type":"object","properties":{"at":{"const":"the sky"}},"additionalProperties":false}}}]
      """;
  private static final String FORM =
      """
      "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":
        {"type":"object","properties":{"n":{"type":["integer","null"]}}}}}
      """;
  private static final String SEALED =
      """
      "messages":[{"role":"user","content":"look"},
        {"role":"assistant","tool_calls":[{"id":"call_1","type":"function",
          "function":{"name":"look","arguments":"{}"},
          "extra_content":{"google":{"thought_signature":"c2VhbA=="}}}]},
        {"role":"tool","tool_call_id":"call_1","content":"blue"}]
      """;
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
  private static final String SEAL_COMPLAINT = "Corrupted thought signature.";
  private static final String SCHEMA_COMPLAINT =
      "Invalid JSON payload received. Unknown name \"additionalProperties\" at"
          + " 'tools[0].function_declarations[0].parameters_json_schema': Cannot find field.";

  private final Rig rig = new Rig();

  ModestAskingTest() {
    rig.keys("google-ai-studio", KEY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void refuses(String... whys) {
    var outcomes =
        Arrays.stream(whys).map(why -> Fault.refuses(new Complaint.BadRequest(why))).toList();
    var all = new ArrayList<Fault>(outcomes);
    all.add(Fault.well());
    rig.script.play(Match.ALL, all.toArray(Fault[]::new));
  }

  private HttpResponse<String> ask(String... members) {
    return rig.post(
        CHAT,
        "{\"model\":\"google-ai-studio/gemini-2.5-flash\"," + String.join(",", members) + "}");
  }

  private List<String> asked() {
    return rig.sandbox.seen().all().stream()
        .map(one -> new String(one.heard().body(), UTF_8))
        .toList();
  }

  private static List<String> dropped(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("x-one-balance-dropped")
        .map(names -> List.of(names.split(", ")))
        .orElse(List.of());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_refused_schema_of_a_tool_is_reduced(boolean stream) {
    refuses(SCHEMA_COMPLAINT);
    var answer = ask(HELLO, TOOLS, "\"stream\":" + stream);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(dropped(answer)).containsExactly("schemas");
    assertThat(asked()).hasSize(2);
    assertThat(asked().get(0)).contains("parametersJsonSchema");
    assertThat(asked().get(1)).contains("\"parameters\"").doesNotContain("JsonSchema");
    assertThat(rig.standing("google-ai-studio", KEY).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("P10 what is asked once more without a part earns its provider no repeats")
  void asking_once_more_earns_nothing() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    Spent.all(rig.budgets, "google-ai-studio", rig.clock.instant());
    for (var i = 0; i < 5; i++) {
      refuses(SCHEMA_COMPLAINT);
      assertThat(ask(HELLO, TOOLS).statusCode()).isEqualTo(200);
    }
    assertThat(asked()).hasSize(10);
    assertThat(rig.budgets.of("google-ai-studio").take(rig.clock.instant())).isFalse();
  }

  @Test
  void a_refused_schema_of_the_answer_is_reduced() {
    refuses("* GenerateContentRequest.generation_config.response_json_schema: too deep");
    var answer = ask(HELLO, FORM);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(dropped(answer)).containsExactly("schemas");
    assertThat(new JsonObject(asked().get(1)).getJsonObject("generationConfig").fieldNames())
        .contains("responseSchema")
        .doesNotContain("responseJsonSchema");
  }

  @Test
  void a_refused_seal_is_left_out() {
    refuses(SEAL_COMPLAINT);
    var answer = ask(SEALED, TOOLS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(dropped(answer)).containsExactly("signatures");
    assertThat(asked()).hasSize(2);
    assertThat(asked().get(0)).contains("c2VhbA==", "parametersJsonSchema");
    assertThat(asked().get(1)).contains("parametersJsonSchema").doesNotContain("c2VhbA==");
  }

  @Test
  void a_large_request_is_asked_more_modestly_too() {
    refuses(SCHEMA_COMPLAINT);
    var large = HELLO.replace("hello", "hello ".repeat(50_000));
    assertThat(ask(large, TOOLS).statusCode()).isEqualTo(200);
    assertThat(asked().getLast()).hasSizeGreaterThan(300_000).doesNotContain("JsonSchema");
  }

  @Test
  void one_after_the_other() {
    refuses(SEAL_COMPLAINT, SCHEMA_COMPLAINT);
    var answer = ask(SEALED, TOOLS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(dropped(answer)).containsExactly("signatures", "schemas");
    assertThat(asked()).hasSize(3);
    assertThat(asked().getLast()).doesNotContain("c2VhbA==", "JsonSchema");
  }

  @Test
  @DisplayName("who refuses the modest request too is not asked for ever")
  void refused_again() {
    rig.script.play(Match.ALL, Fault.refuses(new Complaint.BadRequest(SCHEMA_COMPLAINT)));
    var answer = ask(HELLO, TOOLS);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Cannot find field");
    assertThat(asked()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {SEAL_COMPLAINT, SCHEMA_COMPLAINT})
  void what_would_be_the_same_again_is_not_asked_twice(String complaint) {
    refuses(complaint);
    assertThat(ask(HELLO).statusCode()).isEqualTo(400);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void the_next_leg_is_asked_where_the_modest_request_finds_no_key() {
    rig.virtualModels =
        new VirtualModels(
            Map.of(
                "both",
                List.of(
                    new Leg("google-ai-studio", "gemini-2.5-flash", 0),
                    new Leg("openai", "gpt-4o-mini", 0))));
    rig.keys("openai", "openai-key-0000000000000000");
    rig.script.play(
        Match.model("gemini-2.5-flash"),
        Fault.refuses(new Complaint.BadRequest(SCHEMA_COMPLAINT)),
        Fault.dead());
    var answer = rig.post(CHAT, "{\"model\":\"both\"," + HELLO + "," + TOOLS + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(dropped(answer)).isEmpty();
  }
}
