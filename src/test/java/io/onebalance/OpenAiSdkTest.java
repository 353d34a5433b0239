package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The official OpenAI SDK asks through the program. It never retries by itself, so whatever goes
/// well after a failure is our doing.
final class OpenAiSdkTest {
  private static final String STORY = "You said: hello\nOnce upon a time";

  /// A mount, and a model as it is written there.
  record Way(String mount, String model) {
    OpenAIClient client(Running house) {
      return OpenAIOkHttpClient.builder()
          .baseUrl(house.url() + mount)
          .apiKey(Running.AUTH)
          .maxRetries(0)
          .build();
    }

    ChatCompletionCreateParams hello() {
      return ChatCompletionCreateParams.builder().model(model).addUserMessage("hello").build();
    }
  }

  /// One for each mount and each provider, so that none uses up another's repeats.
  private static final List<Way> WAYS =
      List.of(
          new Way("/api/openai/v1", "gpt-5"),
          new Way("/v1", "google-ai-studio/gemini-2.5-flash"),
          new Way("/api/compat", "groq/llama-3.3-70b-versatile"),
          new Way("/api/compat/v1", "openrouter/meta-llama/llama-3.3-70b-instruct:free"));

  private static final Mishap FIRST_TWO =
      Mishap.of("limited, dead", Fault.limited(Duration.ofHours(1)), Fault.dead());

  private static final List<String> PROVIDERS =
      List.of("openai", "google-ai-studio", "groq", "openrouter");

  static List<Mishap> mishaps() {
    return Mishap.all();
  }

  private static Running house(Path dir) {
    return house(dir, "");
  }

  private static Running house(Path dir, String settings) {
    var house = Running.in(dir, settings);
    for (var provider : PROVIDERS) {
      house.keys(provider, provider + "-a", provider + "-b", provider + "-c", provider + "-d");
    }
    return house;
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void a_chat_is_answered_whatever_the_first_keys_met(Mishap mishap, @TempDir Path dir) {
    try (var house = house(dir, mishap.settings())) {
      for (var way : WAYS) {
        mishap.play(house.script);
        house.sandbox.seen().forget();
        var chat = way.client(house).chat().withRawResponse().completions();
        try (var answer = chat.create(way.hello())) {
          assertThat(text(answer.parse())).as(way.mount).startsWith(STORY);
          assertAttempts(answer, mishap, house);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void a_stream_begins_cleanly_whatever_the_first_keys_met(Mishap mishap, @TempDir Path dir) {
    try (var house = house(dir, mishap.settings())) {
      for (var way : WAYS) {
        mishap.play(house.script);
        house.sandbox.seen().forget();
        var accumulator = ChatCompletionAccumulator.create();
        var chat = way.client(house).chat().withRawResponse().completions();
        try (var answer = chat.createStreaming(way.hello());
            var stream = answer.parse()) {
          stream.stream().forEach(accumulator::accumulate);
          assertAttempts(answer, mishap, house);
        }
        assertThat(text(accumulator.chatCompletion())).as(way.mount).startsWith(STORY);
      }
    }
  }

  @Test
  @DisplayName("F10 a stream that ends before it says anything")
  void a_stream_of_nothing_but_its_end_is_asked_for_again(@TempDir Path dir) {
    try (var house = house(dir)) {
      house.script.play(Match.ALL, new Fault.Empty(), Fault.well());
      var way = WAYS.getFirst();
      var chat = way.client(house).chat().completions();
      try (var stream = chat.createStreaming(way.hello())) {
        assertThat(stream.stream()).isNotEmpty();
      }
      assertThat(house.asked()).isEqualTo(2);
    }
  }

  @Test
  void texts_are_embedded_whatever_the_first_keys_met(@TempDir Path dir) {
    try (var house = house(dir)) {
      var ways = Map.of("/api/openai/v1", "text-embedding-3-small", "/v1", "google/text-embedding");
      for (var way : ways.entrySet()) {
        FIRST_TWO.play(house.script);
        house.sandbox.seen().forget();
        var request = EmbeddingCreateParams.builder().model(way.getValue()).input("hello").build();
        var client = new Way(way.getKey(), "").client(house);
        assertThat(client.embeddings().create(request).data().getFirst().embedding()).isNotEmpty();
        assertThat(house.asked()).isEqualTo(FIRST_TWO.attempts());
      }
    }
  }

  @Test
  void forms_and_sounds_are_sent_again_whole(@TempDir Path dir) throws Exception {
    try (var house = house(dir)) {
      var audio = WAYS.getFirst().client(house).audio();
      FIRST_TWO.play(house.script);
      var record =
          TranscriptionCreateParams.builder().model("whisper-1").file(new byte[300_000]).build();
      assertThat(audio.transcriptions().create(record).asTranscription().text())
          .startsWith("I heard 300000 bytes");
      assertThat(house.asked()).isEqualTo(FIRST_TWO.attempts());
      var text = SpeechCreateParams.builder().model("gpt-4o-mini-tts").input("hello");
      try (var sound = audio.speech().create(text.voice("alloy").build())) {
        assertThat(sound.body().readAllBytes()).startsWith('R', 'I', 'F', 'F');
      }
    }
  }

  @Test
  void models_are_listed_and_a_restricted_caller_sees_its_own(@TempDir Path dir) {
    try (var house = house(dir)) {
      var all = WAYS.getFirst().client(house).models().list().data();
      assertThat(all).extracting(Model::id).contains("echo", "gpt-5", "gpt-4o-mini");
      var mine =
          OpenAIOkHttpClient.builder()
              .baseUrl(house.url() + "/api/openai/v1")
              .apiKey(Running.RESTRICTED)
              .build();
      assertThat(mine.models().list().data()).extracting(Model::id).containsExactly("gpt-4o-mini");
    }
  }

  private static void assertAttempts(HttpResponseFor<?> answer, Mishap mishap, Running house) {
    assertThat(answer.headers().values("x-one-balance-attempts"))
        .containsExactly(Integer.toString(mishap.attempts()));
    assertThat(house.asked()).isEqualTo(mishap.attempts());
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElseThrow();
  }
}
