package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The official Anthropic SDK takes the sandbox for the real thing.
final class AnthropicSdkTest {
  private static final Stands STANDS = new Stands();
  private static final String STORY = "You said: hello\nOnce upon a time";

  @AfterAll
  static void end() {
    STANDS.close();
  }

  private static AnthropicClient anthropic(String path, String key) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(STANDS.sandbox.url() + path)
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static MessageCreateParams message() {
    return MessageCreateParams.builder()
        .model("claude-sonnet-5-5")
        .maxTokens(1_000)
        .addUserMessage("hello")
        .build();
  }

  @Test
  void anthropic_answers_at_both_of_its_mounts() {
    for (var path : List.of("/anthropic", "")) {
      var answer = anthropic(path, "sk-ant-any").messages().create(message());
      assertThat(answer.content().getFirst().asText().text()).startsWith(STORY);
      assertThat(answer.stopReason()).hasValue(StopReason.END_TURN);
    }
  }

  @Test
  void anthropic_streams_events_that_add_up() {
    var accumulator = MessageAccumulator.create();
    try (var stream = anthropic("/anthropic", "sk-ant-any").messages().createStreaming(message())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    var whole = accumulator.message();
    assertThat(whole.content().getFirst().asText().text()).startsWith(STORY);
    assertThat(whole.usage().outputTokens()).isGreaterThan(1);
  }

  @Test
  void anthropic_counts_and_lists() {
    var client = anthropic("/anthropic", "sk-ant-any");
    var count =
        MessageCountTokensParams.builder()
            .model("claude-sonnet-5-5")
            .addUserMessage("hello")
            .build();
    assertThat(client.messages().countTokens(count).inputTokens()).isEqualTo(2);
    assertThat(client.models().list().data()).extracting(model -> model.id()).contains("echo");
  }

  @Test
  void anthropic_hears_refusals_as_what_they_are() {
    assertThatThrownBy(() -> anthropic("/anthropic", "sandbox-dead").messages().create(message()))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("invalid x-api-key");
    assertThatThrownBy(
            () -> anthropic("/anthropic", "sandbox-overloaded").messages().create(message()))
        .hasMessageContaining("Overloaded");
  }
}
