package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenAI's models that take no chat completions are asked at `responses`, whatever the client
/// speaks.
class ResponsesOnlyTest {
  private static final String KEY = "openai-key-0000000000000000";

  private final Rig rig = new Rig();

  ResponsesOnlyTest() {
    rig.keys("openai", KEY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private String pathFor(String path, String json) {
    var answer = rig.post(path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("hello");
    return rig.sandbox.seen().last().heard().path();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o1-pro",
        "o1-pro-2025-03-19",
        "o3-pro",
        "gpt-5-pro",
        "gpt-5.2-pro",
        "gpt-5-codex",
        "gpt-5.1-codex-max",
        "o4-mini-deep-research"
      })
  void chat_for_a_model_that_takes_responses_only(String model) {
    assertThat(pathFor("/v1/chat/completions", Calls.chat("openai/" + model)))
        .endsWith("/v1/responses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o-mini", "gpt-5", "o3-mini", "gpt-5.2", "o1-preview"})
  void chat_for_any_other_model_goes_on_as_it_is(String model) {
    assertThat(pathFor("/v1/chat/completions", Calls.chat("openai/" + model)))
        .endsWith("/v1/chat/completions");
  }

  @Test
  void messages_and_gemini_clients_reach_such_a_model_as_well() {
    var messages =
        "{\"model\":\"openai/o3-pro\",\"max_tokens\":64,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    assertThat(pathFor("/v1/messages", messages)).endsWith("/v1/responses");
    var generate = "/v1beta/models/openai%2Fo3-pro:generateContent";
    assertThat(pathFor(generate, Calls.CONTENTS)).endsWith("/v1/responses");
  }

  @Test
  void a_stream_from_such_a_model_comes_as_chunks_of_chat() {
    var streamed = Calls.STREAM.replace("gpt-4o-mini", "openai/o3-pro");
    var answer = rig.post("/v1/chat/completions", streamed);
    assertThat(answer.body()).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
    assertThat(rig.sandbox.seen().last().heard().path()).endsWith("/v1/responses");
  }
}
