package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import io.onebalance.sandbox.script.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The official OpenAI SDK takes the sandbox for the real thing.
final class OpenAiSdkTest {
  private static final Stands STANDS = new Stands();
  private static final String STORY = "You said: hello\nOnce upon a time";

  @AfterAll
  static void end() {
    STANDS.close();
  }

  private static OpenAIClient openAi(String path, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(STANDS.sandbox.url() + path)
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams.Builder hello() {
    return ChatCompletionCreateParams.builder().model("gpt-5").addUserMessage("hello");
  }

  @Test
  void openai_chats_at_each_of_its_mounts() {
    for (var path : List.of("/openai/v1", "/v1", "/gemini/v1beta/openai", "/v1beta/openai")) {
      var answer = openAi(path, "sk-any").chat().completions().create(hello().build());
      assertThat(text(answer)).startsWith(STORY);
      assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
    }
  }

  @Test
  void openai_streams_with_usage() {
    var accumulator = ChatCompletionAccumulator.create();
    var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    var client = openAi("/openai/v1", "sk-any");
    try (var stream =
        client.chat().completions().createStreaming(hello().streamOptions(options).build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    assertThat(text(accumulator.chatCompletion())).startsWith(STORY);
    assertThat(accumulator.chatCompletion().usage().orElseThrow().completionTokens()).isPositive();
  }

  @Test
  void openai_stops_at_the_limit_of_the_caller() {
    var answer =
        openAi("/v1", "sk-any").chat().completions().create(hello().maxCompletionTokens(2).build());
    assertThat(text(answer)).isEqualTo("You said:");
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void openai_embeds_the_same_text_alike_in_base64_and_in_numbers() {
    var client = openAi("/openai/v1", "sk-any");
    var request = EmbeddingCreateParams.builder().model("text-embedding-3-small").input("hello");
    var usual = client.embeddings().create(request.build()).data().getFirst().embedding();
    var numbers =
        client
            .embeddings()
            .create(request.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build());
    assertThat(usual).hasSize(1_536).isEqualTo(numbers.data().getFirst().embedding());
  }

  @Test
  void openai_responds_whole_and_streamed_and_keeps_it_for_its_key() {
    var client = openAi("/openai/v1", "sk-mine");
    var request = ResponseCreateParams.builder().model("gpt-5").input("hello").build();
    var whole = client.responses().create(request);
    assertThat(whole.status()).hasValue(ResponseStatus.COMPLETED);
    assertThat(whole.output().getFirst().asMessage().content().getFirst().asOutputText().text())
        .startsWith(STORY);
    try (var stream = client.responses().createStreaming(request)) {
      var done = stream.stream().flatMap(event -> event.completed().stream()).toList().getFirst();
      assertThat(done.response().usage().orElseThrow().totalTokens()).isPositive();
    }
    assertThat(client.responses().retrieve(whole.id()).id()).isEqualTo(whole.id());
    var other = openAi("/openai/v1", "sk-other");
    assertThatThrownBy(() -> other.responses().retrieve(whole.id()))
        .hasMessageContaining("not found");
  }

  @Test
  void openai_keeps_files_and_batches_for_their_key() {
    var client = openAi("/openai/v1", "sk-mine");
    var file =
        client
            .files()
            .create(
                FileCreateParams.builder()
                    .purpose(FilePurpose.BATCH)
                    .file("{}\n".getBytes(StandardCharsets.UTF_8))
                    .build());
    assertThat(file.bytes()).isEqualTo(3);
    assertThat(client.files().retrieve(file.id()).id()).isEqualTo(file.id());
    var other = openAi("/openai/v1", "sk-other");
    assertThatThrownBy(() -> other.files().retrieve(file.id()))
        .hasMessageContaining("No such File");
    var batch =
        client
            .batches()
            .create(
                BatchCreateParams.builder()
                    .inputFileId(file.id())
                    .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                    .completionWindow(BatchCreateParams.CompletionWindow._24H)
                    .build());
    assertThat(client.batches().retrieve(batch.id()).inputFileId()).isEqualTo(file.id());
    assertThat(client.files().delete(file.id()).deleted()).isTrue();
  }

  @Test
  void openai_lists_models_speaks_and_draws() throws Exception {
    var client = openAi("/openai/v1", "sk-any");
    assertThat(client.models().list().data()).extracting(model -> model.id()).contains("echo");
    var speech =
        SpeechCreateParams.builder().model("gpt-4o-mini-tts").input("hello").voice("alloy").build();
    try (var sound = client.audio().speech().create(speech)) {
      assertThat(new String(sound.body().readNBytes(4), StandardCharsets.US_ASCII))
          .isEqualTo("RIFF");
    }
    var picture = ImageGenerateParams.builder().model("gpt-image-1").prompt("a fox").build();
    assertThat(client.images().generate(picture).data().orElseThrow().getFirst().b64Json())
        .isPresent();
  }

  @Test
  void openai_transcribes() {
    var request =
        TranscriptionCreateParams.builder()
            .model("whisper-1")
            .file("sound".getBytes(StandardCharsets.UTF_8))
            .build();
    var client = openAi("/openai/v1", "sk-any");
    assertThat(client.audio().transcriptions().create(request).asTranscription().text())
        .startsWith("I heard 5 bytes");
    assertThat(STANDS.sandbox.seen().last().model()).isEqualTo("whisper-1");
  }

  @Test
  void openai_hears_refusals_as_what_they_are() {
    assertThatThrownBy(
            () -> openAi("/openai/v1", "sandbox-dead").chat().completions().create(hello().build()))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("Incorrect API key provided");
    STANDS.script.key("sk-limited", Fault.limited(Duration.ofMillis(1_500)));
    assertThatThrownBy(
            () -> openAi("/openai/v1", "sk-limited").chat().completions().create(hello().build()))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("Please try again in 1.5s");
  }
}
