package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client of OpenAI's Responses meets providers that have that API, and many that have not.
class ResponsesPlaceTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static String asked(String model) {
    return "{\"model\":\"" + model + "\",\"input\":\"hello\"}";
  }

  /// Where a request for this model of a provider goes; the answer is a Response in any case.
  private String pathFor(String provider, String model) {
    rig.keys(provider, "a-key-of-" + provider + "-0000000000");
    var answer = rig.post("/v1/responses", asked(provider + "/" + model));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("object")).isEqualTo("response");
    assertThat(answer.body()).contains("hello");
    return rig.sandbox.seen().last().heard().path();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "openrouter", "groq", "grok", "fireworks"})
  void where_a_provider_has_it_the_request_goes_on_as_it_is(String provider) {
    rig.at(provider, rig.sandbox.url() + "/openai/v1");
    assertThat(pathFor(provider, "some-model")).endsWith("/v1/responses");
    var heard = rig.sandbox.seen().last().heard();
    assertThat(new String(heard.body(), UTF_8)).isEqualTo(asked("some-model"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mistral", "deepseek", "cerebras", "perplexity-ai", "baseten", "qwen"})
  void elsewhere_it_is_translated_to_chat_completions(String provider) {
    rig.at(provider, rig.sandbox.url() + "/openai/v1");
    assertThat(pathFor(provider, "some-model")).endsWith("/v1/chat/completions");
  }

  @Test
  void a_provider_of_the_settings_has_it_where_they_say_so() {
    var base = rig.sandbox.url() + "/openai/v1";
    rig.catalogue =
        rig.catalogue.with(
            Map.of(
                "plain",
                Map.of("base-url", base),
                "newer",
                Map.of("base-url", base, "responses", List.of("new-*"))));
    assertThat(pathFor("plain", "new-model")).endsWith("/v1/chat/completions");
    assertThat(pathFor("newer", "new-model")).endsWith("/v1/responses");
    assertThat(pathFor("newer", "old-model")).endsWith("/v1/chat/completions");
  }
}
