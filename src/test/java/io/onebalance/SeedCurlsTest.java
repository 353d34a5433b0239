package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents of the two seed projects tell clients to type works as written, but for host
/// and key (seed-behaviour.md, sections 3, 9, 10, 16).
final class SeedCurlsTest {
  private static final String STORY = "You said: hello";
  private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

  private static Running house(Path dir) {
    return Running.in(dir)
        .keys("google-ai-studio", "AIza-a", "AIza-b", "AIza-c")
        .keys("openai", "sk-a", "sk-b");
  }

  private static String chat(String model) {
    return "{\"model\":\"%s\",%s}".formatted(model, MESSAGES);
  }

  /// Where each provider's clients put their key (section 3.2), and the places that all share.
  static List<Map.Entry<String, String>> presentations() {
    return List.of(
        Map.entry("authorization", "Bearer %s"),
        Map.entry("authorization", "Bearer  %s"),
        Map.entry("authorization", "%s"),
        Map.entry("x-goog-api-key", "%s"),
        Map.entry("x-api-key", "%s"),
        Map.entry("api-key", "%s"),
        Map.entry("xi-api-key", "%s"));
  }

  @Test
  @DisplayName("D4 the gateway key is taken from every place and goes to no provider")
  void the_gateway_key_is_taken_from_every_place(@TempDir Path dir) {
    try (var house = house(dir)) {
      for (var field : presentations()) {
        var request =
            house
                .bare("/api/google/v1beta/models/gemini-2.5-pro:generateContent")
                .header(field.getKey(), field.getValue().formatted(Running.AUTH))
                .header("cookie", "auth_key=" + Running.AUTH);
        assertAnswered(house, request, field.toString());
      }
      for (var query : List.of("key=%s", "alt=json&key=%s", "key=%s&alt=json", "api_key=%s")) {
        var path = "/api/google/v1beta/models/gemini-2.5-pro:generateContent?" + query;
        assertAnswered(house, house.bare(path.formatted(Running.AUTH)), query);
      }
    }
  }

  private static void assertAnswered(Running house, HttpRequest.Builder request, String what) {
    var asked =
        request.header("content-type", "application/json").POST(BodyPublishers.ofString(CONTENTS));
    var answer = house.send(asked);
    assertThat(answer.statusCode()).as(what).isEqualTo(200);
    assertThat(answer.body()).contains(STORY);
    assertThat(house.sandbox.seen().last().heard().toString()).doesNotContain(Running.AUTH);
    assertThat(house.lastKey()).startsWith("AIza-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/google-ai-studio/v1beta/models/gemini-2.5-pro:generateContent",
        "/api/google/v1beta/models/gemini-2.5-pro:generateContent",
        "/api/google/v1/models/gemini-2.5-pro:generateContent",
        "/api/gemini/v1beta/models/gemini-1.5-pro-latest:generateContent",
      })
  void content_is_generated(String path, @TempDir Path dir) {
    try (var house = house(dir)) {
      var answer = house.post(path, CONTENTS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"candidates\"").contains(STORY);
      assertThat(house.sandbox.seen().last().heard().path())
          .isEqualTo(path.replaceFirst("/api/[a-z-]+", ""));
    }
  }

  @Test
  @DisplayName("D15 alt=sse arrives, and events come; without it an array comes")
  void content_is_streamed(@TempDir Path dir) {
    try (var house = house(dir)) {
      var path = "/api/google/v1beta/models/gemini-2.5-pro:streamGenerateContent";
      var events = house.post(path + "?alt=sse", CONTENTS);
      assertThat(events.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(events.body()).startsWith("data: {").contains(STORY);
      assertThat(house.sandbox.seen().last().heard().query()).isEqualTo("alt=sse");
      var array = house.post(path, CONTENTS);
      assertThat(array.headers().firstValue("content-type").orElseThrow())
          .startsWith("application/json");
      assertThat(array.body()).startsWith("[");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/compat/chat/completions, google-ai-studio/gemini-2.5-pro, gemini-2.5-pro",
    "/api/compat/chat/completions, google/gemini-1.5-pro-latest, gemini-1.5-pro-latest",
    "/api/compat/chat/completions, gemini/gemini-2.0-flash, gemini-2.0-flash",
    "/api/compat/chat/completions, openai/gpt-4o, gpt-4o",
    "/api/compat/chat/completions, gpt-4o, gpt-4o",
    "/v1/chat/completions, google/gemini-1.5-pro-latest, gemini-1.5-pro-latest",
  })
  void a_compatible_chat_is_answered(String path, String model, String asked, @TempDir Path dir) {
    try (var house = house(dir)) {
      var answer = house.post(path, chat(model));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"chat.completion\"").contains(STORY);
      assertThat(house.sandbox.seen().last().model()).isEqualTo(asked);
      var stream = chat(model).replace("{\"model\"", "{\"stream\":true,\"model\"");
      var events = house.post(path, stream);
      assertThat(events.body()).startsWith("data: {").endsWith("data: [DONE]\n\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "google-ai-studio/text-embedding-004 | \"hello\" | 1",
        "google-ai-studio/gemini-embedding-001 | [\"hello\",\"again\"] | 2",
        "google/text-embedding-004 | \"hello\" | 1",
        "openai/text-embedding-3-small | [\"hello\",\"again\"] | 2",
      })
  @DisplayName("D5 embeddings are asked of the provider that the model names, with its own keys")
  void compatible_embeddings_are_made(String model, String input, int count, @TempDir Path dir) {
    try (var house = house(dir)) {
      for (var path : List.of("/api/compat/embeddings", "/v1/embeddings")) {
        var body = "{\"model\":\"%s\",\"input\":%s}".formatted(model, input);
        var answer = house.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body().split("\"embedding\"\\s*:", -1)).hasSize(count + 1);
        assertThat(house.lastKey()).startsWith(model.startsWith("openai") ? "sk-" : "AIza-");
      }
    }
  }

  @Test
  @DisplayName("D17 a body never says which provider a native path asks")
  void native_paths_of_openai_are_openais(@TempDir Path dir) {
    try (var house = house(dir)) {
      var answer =
          house.post("/api/openai/v1/chat/completions", chat("google-ai-studio/gemini-2.5-pro"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(house.lastKey()).startsWith("sk-");
      assertThat(new String(house.sandbox.seen().last().heard().body(), StandardCharsets.UTF_8))
          .contains("google-ai-studio/gemini-2.5-pro");
    }
  }

  @Test
  @DisplayName("D16 lists of models are read by GET")
  void models_are_listed(@TempDir Path dir) {
    try (var house = house(dir)) {
      assertThat(house.get("/api/google/v1beta/models?pageSize=1").body()).contains("models/echo");
      assertThat(house.get("/api/openai/v1/models").body()).contains("gpt-4o-mini");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/hello", "/api/compat/api/hello"})
  void claude_code_is_greeted_before_it_shows_a_key(String path, @TempDir Path dir) {
    try (var house = Running.in(dir)) {
      var greeting = house.send(house.bare(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(greeting.statusCode()).isEqualTo(200);
      var other = house.bare("/api/compat/v1/messages").method("HEAD", BodyPublishers.noBody());
      assertThat(house.send(other).statusCode()).isNotEqualTo(200);
    }
  }
}
