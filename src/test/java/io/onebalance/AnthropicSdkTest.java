package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.batches.BatchCreateParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The official Anthropic SDK asks through the program. It never retries by itself, so whatever
/// goes well after a failure is our doing.
final class AnthropicSdkTest {
  private static final String STORY = "You said: hello\nOnce upon a time";

  /// A mount, and a model as it is written there.
  private record Way(String mount, String model) {
    MessageCreateParams hello() {
      return MessageCreateParams.builder()
          .model(model)
          .maxTokens(1_000)
          .addUserMessage("hello")
          .build();
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way("/api/anthropic", "claude-sonnet-5-5"),
          new Way("/api/compat", "anthropic/claude-haiku-4-5"),
          new Way("", "claude-opus-5-5"));

  static List<Mishap> mishaps() {
    return Mishap.all();
  }

  private static Running house(Path dir) {
    return house(dir, "");
  }

  private static Running house(Path dir, String settings) {
    return Running.in(dir, settings)
        .keys("anthropic", "sk-a", "sk-b", "sk-c", "sk-d", "sk-e", "sk-f", "sk-g", "sk-h")
        .keys("anthropic", "sk-i", "sk-j", "sk-k", "sk-l");
  }

  private static AnthropicClient client(Running house, String mount, String key) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(house.url() + mount)
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void a_message_is_answered_whatever_the_first_keys_met(Mishap mishap, @TempDir Path dir) {
    try (var house = house(dir, mishap.settings())) {
      for (var way : WAYS) {
        mishap.play(house.script);
        house.sandbox.seen().forget();
        var messages = client(house, way.mount, Running.AUTH).messages().withRawResponse();
        try (var answer = messages.create(way.hello())) {
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
        var accumulator = MessageAccumulator.create();
        var messages = client(house, way.mount, Running.AUTH).messages().withRawResponse();
        try (var answer = messages.createStreaming(way.hello());
            var stream = answer.parse()) {
          stream.stream().forEach(accumulator::accumulate);
          assertAttempts(answer, mishap, house);
        }
        assertThat(text(accumulator.message())).as(way.mount).startsWith(STORY);
      }
    }
  }

  @Test
  void tokens_are_counted_and_models_listed(@TempDir Path dir) {
    try (var house = house(dir)) {
      for (var way : WAYS) {
        var count =
            MessageCountTokensParams.builder().model(way.model).addUserMessage("hello").build();
        var client = client(house, way.mount, Running.AUTH);
        assertThat(client.messages().countTokens(count).inputTokens()).isEqualTo(2);
      }
      var client = client(house, "/api/anthropic", Running.AUTH);
      assertThat(client.models().list().data()).extracting(model -> model.id()).contains("echo");
    }
  }

  @Test
  void a_restricted_caller_sees_and_asks_only_what_it_may(@TempDir Path dir) {
    try (var house = house(dir)) {
      var client = client(house, "/api/anthropic", Running.RESTRICTED);
      assertThat(client.models().list().data())
          .extracting(model -> model.id())
          .containsExactly("claude-haiku-4-5");
      house.sandbox.seen().forget();
      assertThatThrownBy(() -> client.messages().create(WAYS.getFirst().hello()))
          .isInstanceOf(PermissionDeniedException.class)
          .hasMessageContaining("may not use claude-sonnet-5-5");
      assertThat(house.asked()).isZero();
    }
  }

  @Test
  void batches_stay_with_their_key_also_after_a_restart(@TempDir Path dir) {
    try (var house = house(dir)) {
      var ids = new ArrayList<String>();
      for (var i = 0; i < 4; i++) {
        var batches = client(house, "/api/anthropic", Running.AUTH).messages().batches();
        ids.add(batches.create(batch("question-" + i)).id());
      }
      house.restart();
      for (var id : ids.reversed()) {
        var batches = client(house, "/api/anthropic", Running.AUTH).messages().batches();
        assertThat(batches.retrieve(id).id()).isEqualTo(id);
      }
    }
  }

  private static BatchCreateParams batch(String id) {
    var asked =
        BatchCreateParams.Request.Params.builder()
            .model("claude-haiku-4-5")
            .maxTokens(10)
            .addUserMessage("hello")
            .build();
    var request = BatchCreateParams.Request.builder().customId(id).params(asked).build();
    return BatchCreateParams.builder().addRequest(request).build();
  }

  @Test
  void refusals_come_in_anthropics_own_shape(@TempDir Path dir) {
    try (var house = house(dir)) {
      assertThatThrownBy(() -> client(house, "", "wrong").messages().create(WAYS.get(2).hello()))
          .isInstanceOf(UnauthorizedException.class);
      var mistaken =
          MessageCreateParams.builder().model("nobody").maxTokens(1).addUserMessage("x").build();
      assertThatThrownBy(() -> client(house, "", Running.AUTH).messages().create(mistaken))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("nobody");
    }
  }

  private static void assertAttempts(HttpResponseFor<?> answer, Mishap mishap, Running house) {
    assertThat(answer.headers().values("x-one-balance-attempts"))
        .containsExactly(Integer.toString(mishap.attempts()));
    assertThat(house.asked()).isEqualTo(mishap.attempts());
  }

  private static String text(Message answer) {
    return answer.content().getFirst().asText().text();
  }
}
