package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.responses.ResponseCreateParams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was made with one of many OpenAI keys is asked for with that key again, also after a
/// restart. The sandbox shows to each key only what is its own, so any other would be refused; and
/// as keys are asked in turn, things are asked for the other way round.
final class OpenAiBelongingsTest {
  private static final int MANY = 4;
  private static final String NATIVE = "/api/openai/v1";

  private static Running house(Path dir) {
    return Running.in(dir)
        .keys("openai", "sk-a", "sk-b", "sk-c", "sk-d", "sk-e", "sk-f", "sk-g", "sk-h");
  }

  private static OpenAIClient client(Running house, String mount) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(house.url() + mount)
        .apiKey(Running.AUTH)
        .maxRetries(0)
        .build();
  }

  @Test
  void files_stay_with_the_key_that_made_them(@TempDir Path dir) throws Exception {
    try (var house = house(dir)) {
      var ids = new ArrayList<String>();
      for (var i = 0; i < MANY; i++) {
        ids.add(upload(client(house, NATIVE), "{\"n\":" + i + "}\n"));
      }
      house.restart();
      var files = client(house, NATIVE).files();
      for (var i = MANY - 1; i >= 0; i--) {
        var id = ids.get(i);
        assertThat(files.retrieve(id).id()).isEqualTo(id);
        try (var content = files.content(id)) {
          assertThat(content.body().readAllBytes()).asString().isEqualTo("{\"n\":" + i + "}\n");
        }
        assertThat(files.delete(id).deleted()).isTrue();
      }
    }
  }

  @Test
  void batches_stay_with_the_key_of_their_file(@TempDir Path dir) {
    try (var house = house(dir)) {
      var ids = new ArrayList<String>();
      for (var i = 0; i < MANY; i++) {
        var client = client(house, NATIVE);
        var file = upload(client, "{}\n");
        var uploader = house.lastKey();
        ids.add(client.batches().create(batch(file)).id());
        assertThat(house.lastKey()).isEqualTo(uploader);
      }
      house.restart();
      for (var id : ids.reversed()) {
        assertThat(client(house, NATIVE).batches().retrieve(id).id()).isEqualTo(id);
      }
    }
  }

  private static String upload(OpenAIClient client, String text) {
    var file =
        FileCreateParams.builder()
            .purpose(FilePurpose.BATCH)
            .file(text.getBytes(StandardCharsets.UTF_8))
            .build();
    return client.files().create(file).id();
  }

  private static BatchCreateParams batch(String file) {
    return BatchCreateParams.builder()
        .inputFileId(file)
        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
        .completionWindow(BatchCreateParams.CompletionWindow._24H)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"/api/openai/v1, gpt-5", "/v1, openai/gpt-5", "/api/compat, gpt-5"})
  void a_conversation_goes_on_with_the_key_that_holds_it(
      String mount, String model, @TempDir Path dir) {
    try (var house = house(dir)) {
      var ids = new ArrayList<String>();
      for (var i = 0; i < MANY; i++) {
        var client = client(house, mount);
        ids.add(client.responses().create(hello(model).build()).id());
        ids.add(streamed(client, model));
      }
      house.restart();
      for (var id : ids.reversed()) {
        var next = hello(model).previousResponseId(id).build();
        assertThat(client(house, mount).responses().create(next).previousResponseId()).hasValue(id);
        assertThat(client(house, NATIVE).responses().retrieve(id).id()).isEqualTo(id);
      }
    }
  }

  private static ResponseCreateParams.Builder hello(String model) {
    return ResponseCreateParams.builder().model(model).input("hello");
  }

  private static String streamed(OpenAIClient client, String model) {
    try (var stream = client.responses().createStreaming(hello(model).build())) {
      return stream.stream()
          .flatMap(event -> event.completed().stream())
          .map(done -> done.response().id())
          .toList()
          .getFirst();
    }
  }
}
