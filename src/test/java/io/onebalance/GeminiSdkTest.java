package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The official Google SDK asks through the program. It never retries by itself, so whatever goes
/// well after a failure is our doing.
final class GeminiSdkTest {
  private static final String STORY = "You said: hello\nOnce upon a time";
  private static final String MODEL = "gemini-2.5-flash";
  private static final String[] KEYS = {
    "AIza-a", "AIza-b", "AIza-c", "AIza-d", "AIza-e", "AIza-f", "AIza-g", "AIza-h", "AIza-i"
  };

  /// The native mount, and those of the compatible calls, in Gemini's dialect.
  private static final List<String> MOUNTS = List.of("/api/google-ai-studio", "/api/compat", "");

  static List<Mishap> mishaps() {
    return Mishap.all();
  }

  private static Running house(Path dir) {
    return house(dir, "");
  }

  private static Running house(Path dir, String settings) {
    return Running.in(dir, settings)
        .keys("google-ai-studio", KEYS)
        .keys("google-ai-studio", "AIza-j", "AIza-k", "AIza-l");
  }

  static Client client(Running house, String mount, String key) {
    return Client.builder()
        .apiKey(key)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(house.url() + mount)
                .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                .build())
        .build();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void content_is_generated_whatever_the_first_keys_met(Mishap mishap, @TempDir Path dir) {
    try (var house = house(dir, mishap.settings())) {
      for (var mount : MOUNTS) {
        mishap.play(house.script);
        house.sandbox.seen().forget();
        try (var client = client(house, mount, Running.AUTH)) {
          var answer = client.models.generateContent(MODEL, "hello", none());
          assertThat(answer.text()).as(mount).startsWith(STORY);
          assertAttempts(answer, mishap.attempts(), house);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void a_stream_begins_cleanly_whatever_the_first_keys_met(Mishap mishap, @TempDir Path dir) {
    try (var house = house(dir, mishap.settings())) {
      for (var mount : MOUNTS) {
        mishap.play(house.script);
        house.sandbox.seen().forget();
        try (var client = client(house, mount, Running.AUTH);
            var stream = client.models.generateContentStream(MODEL, "hello", none())) {
          var pieces = new ArrayList<GenerateContentResponse>();
          stream.forEach(pieces::add);
          assertThat(pieces).hasSizeGreaterThan(2);
          assertThat(String.join("", pieces.stream().map(GenerateContentResponse::text).toList()))
              .as(mount)
              .startsWith(STORY);
          assertThat(house.asked()).isEqualTo(mishap.attempts());
        }
      }
    }
  }

  @Test
  @DisplayName("F10 an answer that says nothing")
  void content_that_says_nothing_is_asked_for_again(@TempDir Path dir) {
    try (var house = house(dir);
        var client = client(house, "/api/google", Running.AUTH)) {
      house.script.play(Match.ALL, new Fault.Empty(), Fault.well());
      var answer = client.models.generateContent(MODEL, "hello", none());
      assertThat(answer.text()).startsWith(STORY);
      assertAttempts(answer, 2, house);
      house.script.play(Match.ALL, new Fault.Empty(), Fault.well());
      try (var stream = client.models.generateContentStream(MODEL, "hello", none())) {
        assertThat(stream.iterator().next().text()).startsWith("You said: hello");
      }
    }
  }

  @Test
  void speech_rotates_like_everything_else(@TempDir Path dir) {
    try (var house = house(dir);
        var client = client(house, "/api/google-ai-studio", Running.AUTH)) {
      var first = speech(client);
      house.script.play(
          Match.ALL, Fault.limitedToday(Duration.ofSeconds(9)), Fault.dead(), Fault.well());
      house.sandbox.seen().forget();
      var second = speech(client);
      assertAttempts(second, 3, house);
      assertThat(sound(first)).hasSize(4_800).isEqualTo(sound(second));
    }
  }

  private static GenerateContentResponse speech(Client client) {
    var config = GenerateContentConfig.builder().responseModalities("AUDIO").build();
    return client.models.generateContent("gemini-2.5-flash-preview-tts", "hello", config);
  }

  private static byte[] sound(GenerateContentResponse speech) {
    var part = Objects.requireNonNull(speech.parts()).getFirst();
    return part.inlineData().orElseThrow().data().orElseThrow();
  }

  @Test
  void tokens_are_counted_texts_embedded_and_models_listed(@TempDir Path dir) {
    try (var house = house(dir)) {
      for (var mount : List.of("/api/google-ai-studio", "/api/google", "/api/gemini")) {
        try (var client = client(house, mount, Running.AUTH)) {
          assertThat(client.models.countTokens(MODEL, "hello", null).totalTokens()).hasValue(2);
          var embedded =
              client.models.embedContent(
                  "gemini-embedding-001",
                  List.of("a", "b"),
                  EmbedContentConfig.builder().outputDimensionality(8).build());
          assertThat(embedded.embeddings().orElseThrow()).hasSize(2);
          assertThat(models(client)).contains("models/echo", "models/gemini-2.5-pro");
        }
      }
    }
  }

  @Test
  void a_restricted_caller_sees_and_asks_only_what_it_may(@TempDir Path dir) {
    try (var house = house(dir);
        var client = client(house, "/api/gemini", Running.RESTRICTED)) {
      assertThat(models(client)).containsExactly("models/gemini-2.5-flash");
      assertThat(client.models.generateContent(MODEL, "hello", none()).text()).startsWith(STORY);
      house.sandbox.seen().forget();
      assertThatThrownBy(() -> client.models.generateContent("gemini-2.5-pro", "hello", none()))
          .isInstanceOfSatisfying(
              ApiException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(403);
                assertThat(refused.status()).isEqualTo("PERMISSION_DENIED");
                assertThat(refused.message()).contains("may not use gemini-2.5-pro");
              });
      assertThat(house.asked()).isZero();
    }
  }

  @Test
  void a_wrong_gateway_key_is_refused_in_googles_own_shape(@TempDir Path dir) {
    try (var house = house(dir);
        var client = client(house, "/api/google", "wrong")) {
      assertThatThrownBy(() -> client.models.generateContent(MODEL, "hello", none()))
          .isInstanceOfSatisfying(
              ApiException.class, refused -> assertThat(refused.code()).isEqualTo(401));
      assertThat(house.asked()).isZero();
    }
  }

  private static List<String> models(Client client) {
    return client.models.list(ListModelsConfig.builder().build()).page().stream()
        .map(model -> model.name().orElseThrow())
        .toList();
  }

  private static void assertAttempts(GenerateContentResponse answer, int attempts, Running house) {
    var headers = answer.sdkHttpResponse().orElseThrow().headers().orElseThrow();
    assertThat(headers).containsEntry("x-one-balance-attempts", Integer.toString(attempts));
    assertThat(house.asked()).isEqualTo(attempts);
  }

  private static GenerateContentConfig none() {
    return GenerateContentConfig.builder().build();
  }
}
