package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that takes one call at a time hears of one, though Gemini cannot be told so.
class OneCallTest {
  private static final String WEATHER =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";

  private static final Map<String, String> ASKED =
      Map.of(
          "/v1/chat/completions",
          """
          "messages":[{"role":"user","content":"hello"}],"parallel_tool_calls":false,
          "tools":[{"type":"function","function":{"name":"weather","parameters":%s}}]
          """,
          "/v1/responses",
          """
          "input":"hello","store":false,"parallel_tool_calls":false,
          "tools":[{"type":"function","name":"weather","parameters":%s}]
          """,
          "/v1/messages",
          """
          "messages":[{"role":"user","content":"hello"}],"max_tokens":64,
          "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
          "tools":[{"name":"weather","input_schema":%s}]
          """);

  private final Rig rig = new Rig();

  OneCallTest() {
    rig.keys("google-ai-studio", "gemini-key-0000000000000000");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// The model calls for the weather in Lisbon and in Porto.
  private String answer(String path, String members, boolean stream) throws IOException {
    var file = "/rosetta/parallel-calls/answer.gemini." + (stream ? "sse" : "json");
    var type = stream ? "text/event-stream" : "application/json";
    try (var said = OneCallTest.class.getResourceAsStream(file)) {
      assertThat(said).isNotNull();
      rig.script.play(
          Match.ALL, new Fault.Says(200, Map.of("content-type", type), said.readAllBytes()));
    }
    var asked =
        "{\"model\":\"google-ai-studio/gemini-2.5-flash\",\"stream\":%s,%s}"
            .formatted(stream, members.formatted(WEATHER));
    var answer = rig.post(path, asked);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-one-balance-dropped").orElse("")).isEmpty();
    assertThat(new String(rig.sandbox.seen().last().heard().body(), UTF_8)).contains("weather");
    return answer.body();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, false, tool_calls",
    "/v1/chat/completions, true, tool_calls",
    "/v1/responses, false, completed",
    "/v1/responses, true, response.completed",
    "/v1/messages, false, tool_use",
    "/v1/messages, true, message_stop",
  })
  void only_the_first_is_told(String path, boolean stream, String end) throws IOException {
    assertThat(answer(path, ASKED.getOrDefault(path, ""), stream))
        .contains("Lisbon", end)
        .doesNotContain("Porto");
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions, false", "/v1/chat/completions, true"})
  void who_takes_several_hears_of_all(String path, boolean stream) throws IOException {
    var several = ASKED.getOrDefault(path, "").replace("false", "true");
    assertThat(answer(path, several, stream)).contains("Lisbon", "Porto");
  }
}
