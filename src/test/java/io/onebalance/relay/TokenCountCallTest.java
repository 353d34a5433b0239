package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many tokens a request has: as a provider counts them, or about.
class TokenCountCallTest {
  private static final String PATH = "/v1/messages/count_tokens";
  private static final String CLAUDE = "anthropic/claude-sonnet-4-5";
  private static final String FLASH = "google-ai-studio/gemini-2.5-flash";
  private static final String KEY = "some-key-00000000000000000000";
  private static final String OTHER = "some-key-11111111111111111111";

  private final Rig rig = new Rig();

  TokenCountCallTest() {
    rig.keys("anthropic", KEY, OTHER);
    rig.keys("google-ai-studio", KEY);
    rig.keys("openai", KEY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String asked(String model) {
    return """
    {"model":"%s","system":"be brief","messages":[{"role":"user","content":"how many are these?"}],\
    "tools":[{"name":"look","description":"looks","input_schema":{"type":"object"}}]}\
    """
        .formatted(model);
  }

  private static int tokens(HttpResponse<String> answer, String member) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getInteger(member);
  }

  private String body() {
    return new String(rig.sandbox.seen().last().heard().body(), StandardCharsets.UTF_8);
  }

  @Test
  void anthropic_counts_for_its_own_clients_byte_for_byte() {
    assertThat(tokens(rig.post(PATH, asked(CLAUDE)), "input_tokens")).isPositive();
    assertThat(rig.sandbox.seen().last().heard().path()).endsWith("/v1/messages/count_tokens");
    assertThat(body()).isEqualTo(asked("claude-sonnet-4-5"));
  }

  @Test
  void gemini_counts_the_whole_request_for_a_client_of_anthropics() {
    assertThat(tokens(rig.post(PATH, asked(FLASH)), "input_tokens")).isPositive();
    assertThat(rig.sandbox.seen().last().heard().path()).endsWith("gemini-2.5-flash:countTokens");
    var whole = new JsonObject(body()).getJsonObject("generateContentRequest");
    assertThat(whole.getString("model")).isEqualTo("models/gemini-2.5-flash");
    assertThat(whole.fieldNames()).contains("contents", "systemInstruction", "tools");
  }

  @Test
  void anthropic_counts_for_a_client_of_geminis() {
    var path = "/v1beta/models/anthropic%2Fclaude-sonnet-4-5:countTokens";
    assertThat(tokens(rig.post(path, Calls.CONTENTS), "totalTokens")).isPositive();
    var sent = new JsonObject(body());
    assertThat(sent.fieldNames()).contains("messages").doesNotContain("max_tokens", "stream");
  }

  @Test
  void a_whole_request_of_a_gemini_client_is_counted_by_google_under_one_name() {
    var path = "/v1beta/models/google-ai-studio%2Fgemini-2.5-flash:countTokens";
    var whole =
        "{\"generateContentRequest\":{\"model\":\"models/"
            + FLASH
            + "\","
            + Calls.CONTENTS.substring(1)
            + "}";
    assertThat(tokens(rig.post(path, whole), "totalTokens")).isPositive();
    assertThat(body()).contains("\"models/gemini-2.5-flash\"").doesNotContain(FLASH);
  }

  @Test
  void where_nobody_counts_it_is_estimated_and_nobody_is_asked() {
    assertThat(tokens(rig.post(PATH, asked("openai/gpt-4o-mini")), "input_tokens"))
        .isBetween(10, 40);
    var path = "/v1beta/models/openai%2Fgpt-4o-mini:countTokens";
    assertThat(tokens(rig.post(path, Calls.CONTENTS), "totalTokens")).isPositive();
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {CLAUDE, FLASH})
  void while_all_keys_cool_it_is_estimated_at_once(String model) {
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(40)));
    rig.post("/v1/messages", asked(model).replace("{\"model\"", "{\"max_tokens\":9,\"model\""));
    var before = rig.sandbox.seen().count();
    assertThat(tokens(rig.post(PATH, asked(model)), "input_tokens")).isBetween(10, 40);
    assertThat(rig.sandbox.seen().count()).isEqualTo(before);
  }

  @Test
  void one_key_is_asked_once_and_what_it_does_not_say_is_estimated() {
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(1)));
    var answer = rig.post(PATH, asked(CLAUDE));
    assertThat(tokens(answer, "input_tokens")).isBetween(10, 40);
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("1");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    rig.script.play(Match.ALL, Fault.broken());
    assertThat(tokens(rig.post(PATH, asked(CLAUDE)), "input_tokens")).isBetween(10, 40);
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  void a_body_that_says_nothing_is_the_clients_mistake() {
    var answer = rig.post(PATH, "{\"model\":\"openai/gpt-4o-mini\",\"messages\":7}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request_error", "messages");
  }
}
