package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListFilesConfig;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.UploadFileConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The official Google SDK takes the sandbox for the real thing.
final class GeminiSdkTest {
  private static final Stands STANDS = new Stands();
  private static final String STORY = "You said: hello\nOnce upon a time";

  @AfterAll
  static void end() {
    STANDS.close();
  }

  private static Client gemini(String path, String key) {
    return Client.builder()
        .apiKey(key)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(STANDS.sandbox.url() + path)
                .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                .build())
        .build();
  }

  @Test
  void gemini_generates_at_both_of_its_mounts() {
    for (var path : List.of("/gemini", "")) {
      try (var client = gemini(path, "AIza-any")) {
        var answer = client.models.generateContent("gemini-2.5-flash", "hello", none());
        assertThat(answer.text()).startsWith(STORY);
        assertThat(answer.usageMetadata().orElseThrow().totalTokenCount().orElseThrow())
            .isPositive();
      }
    }
  }

  @Test
  void gemini_streams() {
    try (var client = gemini("/gemini", "AIza-any");
        var stream = client.models.generateContentStream("gemini-2.5-flash", "hello", none())) {
      var pieces = new ArrayList<String>();
      stream.forEach(response -> pieces.add(response.text()));
      assertThat(pieces).hasSizeGreaterThan(2);
      assertThat(String.join("", pieces)).startsWith(STORY);
    }
  }

  @Test
  void gemini_counts_embeds_and_lists() {
    try (var client = gemini("/gemini", "AIza-any")) {
      var count = client.models.countTokens("gemini-2.5-flash", "hello", null);
      assertThat(count.totalTokens()).hasValue(2);
      var embedded =
          client.models.embedContent(
              "gemini-embedding-001",
              List.of("a", "b"),
              EmbedContentConfig.builder().outputDimensionality(8).build());
      assertThat(embedded.embeddings().orElseThrow())
          .hasSize(2)
          .allSatisfy(one -> assertThat(one.values().orElseThrow()).hasSize(8));
      var models = client.models.list(ListModelsConfig.builder().build());
      assertThat(models.page().stream().map(model -> model.name().orElseThrow()))
          .contains("models/echo");
    }
  }

  @Test
  void gemini_uploads_resumably_and_keeps_files_for_their_key() {
    try (var mine = gemini("/gemini", "AIza-mine");
        var other = gemini("/gemini", "AIza-other")) {
      var config = UploadFileConfig.builder().mimeType("text/plain").displayName("tale").build();
      var file = mine.files.upload("hello".getBytes(StandardCharsets.UTF_8), config);
      assertThat(file.sizeBytes()).hasValue(5L);
      var name = file.name().orElseThrow();
      assertThat(mine.files.get(name, null).displayName()).hasValue("tale");
      assertThatThrownBy(() -> other.files.get(name, null)).hasMessageContaining("permission");
      assertThat(other.files.list(ListFilesConfig.builder().build()).page()).isEmpty();
      mine.files.delete(name, null);
    }
  }

  @Test
  void gemini_speaks() {
    try (var client = gemini("/gemini", "AIza-any")) {
      var config = GenerateContentConfig.builder().responseModalities("AUDIO").build();
      var answer = client.models.generateContent("gemini-2.5-flash-preview-tts", "hello", config);
      var sound = Objects.requireNonNull(answer.parts()).getFirst().inlineData().orElseThrow();
      assertThat(sound.mimeType()).hasValue("audio/L16;codec=pcm;rate=24000");
      assertThat(sound.data().orElseThrow()).hasSize(4_800);
    }
  }

  @Test
  void gemini_hears_refusals_as_what_they_are() {
    assertThat(refusal("dead")).contains("400", "API key not valid");
    assertThat(refusal("leaked")).contains("403", "reported as leaked");
    assertThat(refusal("suspended")).contains("403", "api_key:sandbox-suspended");
    assertThat(refusal("no-credit")).contains("402", "credits are depleted");
    assertThat(refusal("overloaded")).contains("503", "overloaded");
  }

  private static String refusal(String role) {
    try (var client = gemini("/gemini", "sandbox-" + role)) {
      client.models.generateContent("gemini-2.5-flash", "hello", none());
      return "no refusal";
    } catch (ApiException refused) {
      return refused.code() + " " + refused.message();
    }
  }

  private static GenerateContentConfig none() {
    return GenerateContentConfig.builder().build();
  }
}
