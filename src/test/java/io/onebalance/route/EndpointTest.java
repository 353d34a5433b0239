package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Call.Verb;
import io.onebalance.route.Endpoint.Compat;
import io.onebalance.route.Endpoint.Native;
import io.onebalance.route.Endpoint.NotFound;
import io.onebalance.route.Endpoint.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final List<String> MOUNTS =
      List.of("/api/compat", "/api/compat/v1", "/api/compat/v1beta", "/v1", "/v1beta");

  @Test
  void calls_are_served_at_every_mount() {
    var calls =
        Map.of(
            "/chat/completions", new Call.Chat(),
            "/embeddings", new Call.Embeddings(),
            "/responses", new Call.Responses(),
            "/messages", new Call.Messages(),
            "/messages/count_tokens", new Call.CountTokens(),
            "/models/gemini-2.5-pro:generateContent",
                new Call.Gemini(Verb.GENERATE, "gemini-2.5-pro"));
    for (var mount : MOUNTS) {
      calls.forEach((path, call) ->
          assertThat(Endpoint.parse("POST", mount + path, "beta=true"))
              .as(mount + path)
              .isEqualTo(new Compat(call, "beta=true")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/openai/gpt-4o:streamGenerateContent, STREAM, openai/gpt-4o",
    "/v1/models/openai%2Fgpt-4o:countTokens, COUNT_TOKENS, openai/gpt-4o",
    "/v1beta/models/openrouter/meta-llama/llama-3:free:generateContent, GENERATE,"
        + " openrouter/meta-llama/llama-3:free",
    "/api/compat/v1alpha/models/gemini-embedding-001:batchEmbedContents, EMBED_MANY,"
        + " gemini-embedding-001",
    "/v1beta/models/text-embedding-004%3AembedContent, EMBED, text-embedding-004",
  })
  void gemini_calls_name_model_and_verb(String path, Verb verb, String model) {
    assertThat(Endpoint.parse("POST", path, "alt=sse"))
        .isEqualTo(new Compat(new Call.Gemini(verb, model), "alt=sse"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', STREAM_ARRAY",
    "alt=json, STREAM_ARRAY",
    "alt=sse, STREAM",
    "key=x&alt=sse, STREAM",
    "$alt=sse&key=x, STREAM",
    "malt=sse, STREAM_ARRAY",
    "alt=ssedan, STREAM_ARRAY",
  })
  void a_stream_is_an_array_unless_events_are_asked_for(String query, Verb verb) {
    assertThat(Endpoint.parse("POST", "/v1beta/models/m:streamGenerateContent", query))
        .isEqualTo(new Compat(new Call.Gemini(verb, "m"), query));
  }

  @Test
  void models_are_listed_and_looked_up() {
    assertThat(Endpoint.parse("GET", "/v1/models", "limit=1000"))
        .isEqualTo(new Compat(new Call.Models("v1"), "limit=1000"));
    assertThat(Endpoint.parse("GET", "/api/compat/models", ""))
        .isEqualTo(new Compat(new Call.Models(""), ""));
    assertThat(Endpoint.parse("GET", "/v1beta/models/openrouter/meta-llama/llama-3:free", ""))
        .isEqualTo(new Compat(new Call.Model("v1beta", "openrouter/meta-llama/llama-3:free"), ""));
  }

  @Test
  void claude_code_is_greeted_where_it_asks() {
    for (var path : List.of("/api/hello", "/api/compat/api/hello", "/api/compat/v1/api/hello")) {
      assertThat(Endpoint.parse("HEAD", path, "")).isEqualTo(new Compat(new Call.Hello(), ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions",
    "POST, /v1/models",
    "DELETE, /v1/models/gpt-4o",
    "PUT, /api/compat/v1/messages",
    "POST, /api/compat/api/hello",
  })
  void a_call_asked_with_another_method_says_so(String method, String path) {
    assertThat(Endpoint.parse(method, path, ""))
        .isInstanceOfSatisfying(
            NotFound.class, it -> assertThat(it.reason()).isEqualTo(Reason.WRONG_METHOD));
  }

  @Test
  @DisplayName("D15 path and query go on as written")
  void native_paths_and_queries_are_kept_byte_for_byte() {
    var path = "/v1beta/models/a%2Fb%3Ac:streamGenerateContent";
    var query = "alt=sse&x=%41+%2f&&y==;z";
    assertThat(Endpoint.parse("PATCH", "/api/google-ai-studio" + path, query))
        .isEqualTo(new Native("google-ai-studio", path, query));
    assertThat(Endpoint.parse("GET", "/api/openai", "")).isEqualTo(new Native("openai", "", ""));
    assertThat(Endpoint.parse("GET", "/api/My_Own.1/", ""))
        .isEqualTo(new Native("My_Own.1", "/", ""));
    assertThat(Endpoint.parse("POST", "/api/openai/v1//files", ""))
        .isEqualTo(new Native("openai", "/v1//files", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/google/api/google/upload/v1beta/files, google, /upload/v1beta/files",
    "/api/gemini/upload/v1beta/files, gemini, /upload/v1beta/files",
    "/api/gemini/api/google/upload/v1beta/files, gemini, /api/google/upload/v1beta/files",
    "/api/google/api/google/v1beta/files, google, /api/google/v1beta/files",
    "/api/google/api/google/api/google/upload/x, google, /api/google/api/google/upload/x",
  })
  void an_upload_goes_on_also_where_its_mount_is_written_twice(
      String path, String provider, String kept) {
    assertThat(Endpoint.parse("POST", path, "upload_id=1"))
        .isEqualTo(new Native(provider, kept, "upload_id=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v2/models",
        "/v1alpha/models",
        "/chat/completions",
        "/api",
        "/api/",
        "/api//openai/v1",
        "/api/%6fpenai/v1/models",
        "/api/open ai",
        "/api/öpenai/v1/models",
        "/v1/files",
        "/v1/chat/completions/",
        "/v1/models/",
        "/apix/openai/v1",
        "/api/a@b/v1",
        "/api/compat/v2/models",
        "/api/compat",
        "/api/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/v1"
      })
  void other_paths_are_not_found(String path) {
    assertThat(Endpoint.parse("GET", path, "")).as(path).isInstanceOf(NotFound.class);
  }

  @Test
  void a_provider_may_begin_like_a_mount() {
    assertThat(Endpoint.parse("GET", "/api/compatible/v1", ""))
        .isEqualTo(new Native("compatible", "/v1", ""));
  }

  @Test
  @DisplayName("S13 CR, LF and NUL are refused in a query too")
  void a_query_as_written_has_no_odd_characters() {
    for (var query : List.of("a\r\nb", "a\0", "a b", "a#b", "ä", "a".repeat(9000))) {
      assertThat(Endpoint.parse("GET", "/api/openai/v1/models", query))
          .isInstanceOfSatisfying(
              NotFound.class, it -> assertThat(it.reason()).isEqualTo(Reason.UNSAFE_PATH));
    }
  }

  @Test
  void a_model_that_is_too_long_is_no_model() {
    var name = "m".repeat(513);
    assertThat(Endpoint.parse("GET", "/v1/models/" + name, "")).isInstanceOf(NotFound.class);
    assertThat(Wanted.of("/v1beta/models/" + name + ":countTokens", "", null, new byte[0]))
        .isInstanceOf(Wanted.Refused.class);
  }

  @Test
  void an_unknown_verb_is_no_call() {
    assertThat(Endpoint.parse("POST", "/v1beta/models/gemini:transmogrify", ""))
        .isInstanceOf(NotFound.class);
  }
}
