package io.onebalance.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {
  private static Wanted wanted(String path, String query, String body) {
    var asked = (Endpoint.Native) Endpoint.parse("POST", "/api/" + path, query);
    return Wanted.of(asked.path(), asked.query(), "application/json", body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @DisplayName("D17 the seeds' vectors: provider from the path, one model name for all forms")
  @CsvSource({
    "openai/v1/chat/completions, gpt-4o, gpt-4o",
    "google-ai-studio/v1beta/models/gemini-2.5-pro:generateContent, '', gemini-2.5-pro",
    "google-ai-studio/v1beta/models/gemini-2.5-pro:streamGenerateContent, '', gemini-2.5-pro",
    "google-ai-studio/v1beta/models/text-embedding-004:embedContent, models/text-embedding-004,"
        + " text-embedding-004",
    "google-ai-studio/v1beta/openai/chat/completions, models/gemini-2.5-pro, gemini-2.5-pro",
    "openrouter/v1/chat/completions, meta-llama/llama-3, meta-llama/llama-3",
    "openrouter/v1/chat/completions, openai/gpt-4o/x/y, openai/gpt-4o/x/y",
    "openai/v1/files, '', ''",
  })
  void a_native_call_wants_this_model(String path, String inBody, String model) {
    var provider = path.substring(0, path.indexOf('/'));
    assertThat(Endpoint.parse("POST", "/api/" + path, ""))
        .isInstanceOfSatisfying(
            Endpoint.Native.class, it -> assertThat(it.provider()).isEqualTo(provider));
    assertThat(wanted(path, "pageSize=1", "{\"model\":\"" + inBody + "\"}"))
        .isInstanceOfSatisfying(Wanted.Model.class, it -> assertThat(it.model()).isEqualTo(model));
  }

  @Test
  void all_names_are_told_so_that_none_slips_past_a_grant() {
    assertThat(wanted("google/v1beta/models/a:generateContent", "model=c", "{\"model\":\"b\"}"))
        .isEqualTo(new Wanted.Model("a", Set.of("a", "b", "c"), false));
    assertThat(wanted("deepgram/v1/listen", "model=nova-2", "RIFF"))
        .isEqualTo(new Wanted.Model("nova-2", Set.of("nova-2"), false));
    assertThat(wanted("openai/v1/realtime", "model=gpt-realtime", ""))
        .isEqualTo(new Wanted.Model("gpt-realtime", Set.of("gpt-realtime"), false));
  }

  @Test
  @DisplayName("F46 two models are refused, in body or query")
  void two_models_are_refused() {
    assertThat(wanted("x/y", "", "{\"model\":\"a\",\"model\":\"b\"}"))
        .isInstanceOf(Wanted.Refused.class);
    assertThat(wanted("x/y", "model=a&model=b", "")).isInstanceOf(Wanted.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "google/v1beta/models/m:streamGenerateContent, '', '', true",
    "google/v1beta/models/m:generateContent, 'key=x&alt=sse', '', true",
    "google/v1beta/models/m:generateContent, 'alt=ssex', '', false",
    "google/v1beta/models/m:generateContent, 'xalt=sse', '', false",
    "aws-bedrock/model/m/converse-stream, '', '', true",
    "openai/v1/chat/completions, '', '{\"stream\":true}', true",
    "openai/v1/chat/completions, '', '{\"stream\":false}', false",
  })
  void the_wish_to_stream_is_seen(String path, String query, String body, boolean stream) {
    assertThat(wanted(path, query, body))
        .isInstanceOfSatisfying(
            Wanted.Model.class, it -> assertThat(it.stream()).isEqualTo(stream));
  }
}
