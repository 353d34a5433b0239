package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.errors.ApiException;
import com.google.genai.types.GenerateContentConfig;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// When no key can answer, each official SDK understands why, and is not told of any key's own
/// troubles.
final class NoAnswerTest {
  /// What all keys meet, and what callers hear: status, a word of the message, how many attempts.
  record Case(String name, Fault fault, int status, String word, int attempts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case("limited", Fault.limited(Duration.ofHours(1)), 429, "cooling", 3),
        new Case("dead", Fault.dead(), 502, "invalid", 3),
        new Case("overloaded", Fault.overloaded(), 0, "overloaded", 3),
        new Case("unauthorized", Fault.refuses(Plain.UNAUTHORIZED), 502, "", 3),
        new Case(
            "mistaken", Fault.refuses(new Complaint.BadRequest("no such tune")), 400, "tune", 1));
  }

  private static Running house(Path dir) {
    return Running.in(dir)
        .keys("openai", "sk-a", "sk-b", "sk-c")
        .keys("google", "AIza-a", "AIza-b", "AIza-c")
        .keys("anthropic", "sk-ant-a", "sk-ant-b", "sk-ant-c");
  }

  /// A caller's error, however the SDK says it.
  private record Heard(int status, String message) {}

  private static Heard openAi(Running house) {
    var client =
        OpenAIOkHttpClient.builder()
            .baseUrl(house.url() + "/v1")
            .apiKey(Running.AUTH)
            .maxRetries(0)
            .build();
    var hello = ChatCompletionCreateParams.builder().model("gpt-5").addUserMessage("hello").build();
    var error =
        caught(() -> client.chat().completions().create(hello), OpenAIServiceException.class);
    return new Heard(error.statusCode(), error.body().toString());
  }

  private static Heard claude(Running house) {
    var client =
        AnthropicOkHttpClient.builder()
            .baseUrl(house.url() + "/api/anthropic")
            .apiKey(Running.AUTH)
            .maxRetries(0)
            .build();
    var hello =
        MessageCreateParams.builder().model("claude-x").maxTokens(9).addUserMessage("hi").build();
    var error = caught(() -> client.messages().create(hello), AnthropicServiceException.class);
    return new Heard(error.statusCode(), error.body().toString());
  }

  private static Heard gemini(Running house) {
    try (var client = GeminiSdkTest.client(house, "/api/google", Running.AUTH)) {
      var none = GenerateContentConfig.builder().build();
      var error =
          caught(
              () -> client.models.generateContent("gemini-2.5-pro", "hello", none),
              ApiException.class);
      return new Heard(error.code(), String.valueOf(error.getMessage()));
    }
  }

  private static <T extends Throwable> T caught(Callable<?> call, Class<T> type) {
    return catchThrowableOfType(type, call::call);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void each_sdk_understands(Case given, @TempDir Path dir) {
    try (var house = house(dir)) {
      house.script.play(Match.ALL, given.fault);
      assertHeard(given, house, openAi(house), 503);
      assertHeard(given, house, claude(house), 529);
      assertHeard(given, house, gemini(house), 503);
    }
  }

  private static void assertHeard(Case given, Running house, Heard heard, int overloaded) {
    assertThat(heard.status).isEqualTo(given.status == 0 ? overloaded : given.status);
    assertThat(heard.message).containsIgnoringCase(given.word).doesNotContain("sk-", "AIza");
    assertThat(house.asked()).isEqualTo(given.attempts);
    house.sandbox.seen().forget();
  }

  @Test
  void a_provider_without_keys_says_so(@TempDir Path dir) {
    try (var house = Running.in(dir)) {
      for (var heard : List.of(openAi(house), claude(house), gemini(house))) {
        assertThat(heard.status).isEqualTo(503);
        assertThat(heard.message).contains("no_keys_available");
      }
      assertThat(house.asked()).isZero();
    }
  }

  @Test
  void callers_are_told_when_to_come_back_and_not_to_try_before(@TempDir Path dir) {
    try (var house = house(dir)) {
      house.script.play(Match.ALL, Fault.limited(Duration.ofHours(1)));
      var answer = house.post("/v1/chat/completions", "{\"model\":\"gpt-5\",\"messages\":[]}");
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
      assertThat(answer.headers().firstValue("x-one-balance-attempts")).hasValue("3");
      assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow())
          .isBetween(60L, 3_700L);
      assertThat(answer.body()).contains("\"code\":\"all_keys_cooling\"");
    }
  }
}
