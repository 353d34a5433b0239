package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.quota.WindowLengths;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Refusals as each provider words them.
final class RefusalTest {
  private static final Stands STANDS = new Stands();
  private static final AtomicInteger KEYS = new AtomicInteger();

  @AfterAll
  static void end() {
    STANDS.close();
  }

  private static HttpRequest gemini(String key, String call) {
    return STANDS
        .to("/gemini/v1beta/models/gemini-x" + call)
        .header("x-goog-api-key", key)
        .POST(BodyPublishers.ofString("{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}"))
        .build();
  }

  private static HttpResponse<String> shared(Stands stands, String key) throws Exception {
    return stands.ask(
        stands
            .to("/gemini/v1beta/models/gemini-x:generateContent")
            .header("x-goog-api-key", key)
            .POST(BodyPublishers.ofString("{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}"))
            .build());
  }

  private static HttpRequest claude(String key) {
    return STANDS
        .to("/anthropic/v1/messages")
        .header("x-api-key", key)
        .header("anthropic-version", "2023-06-01")
        .POST(
            BodyPublishers.ofString(
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
        .build();
  }

  @ParameterizedTest
  @DisplayName("google-errors 6 and providers 3: each complaint in the words of each provider")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INVALID_KEY          | 400 API_KEY_INVALID              | 401 invalid_api_key              | 401 invalid x-api-key
          EXPIRED_KEY          | 400 API key expired              | 401 invalid_api_key              | 401 authentication_error
          LEAKED_KEY           | 403 reported as leaked           | 401 invalid_api_key              | 401 authentication_error
          SUSPENDED            | 403 CONSUMER_SUSPENDED           | 401 account_deactivated          | 400 has been disabled
          NO_CREDIT            | 402 RESOURCE_EXHAUSTED           | 429 insufficient_quota           | 400 credit balance is too low
          NO_BILLING           | 400 FAILED_PRECONDITION          | 429 insufficient_quota           | 400 credit balance is too low
          API_DISABLED         | 403 SERVICE_DISABLED             | 403 missing_scope                | 403 permission_error
          RESTRICTED_KEY       | 403 API_KEY_SERVICE_BLOCKED      | 403 missing_scope                | 403 permission_error
          UNAUTHORIZED         | 401 ACCESS_TOKEN_TYPE_UNSUPPORTED| 401 Unauthorized                 | 401 authentication_error
          FORBIDDEN            | 403 PERMISSION_DENIED            | 403 Forbidden                    | 403 Request not allowed
          REGION               | 400 User location is not         | 403 unsupported_country_region   | 403 Request not allowed
          LIMITED_WITHOUT_HINT | 429 Resource has been exhausted  | 429 rate_limit_exceeded          | 429 rate_limit_error
          NO_QUOTA_FOR_MODEL   | 429 limit: 0                     | 404 model_not_found              | 404 not_found_error
          OVERLOADED           | 503 UNAVAILABLE                  | 503 server_is_overloaded         | 529 overloaded_error
          INTERNAL             | 500 INTERNAL                     | 500 server_error                 | 500 api_error
          BAD_GATEWAY          | 502 502 Bad Gateway              | 502 502 Bad Gateway              | 502 502 Bad Gateway
          """)
  void complaint(Plain complaint, String google, String openAi, String anthropic) throws Exception {
    var key = "key-%013d".formatted(KEYS.incrementAndGet());
    STANDS.script.key(key, Fault.refuses(complaint));
    says(STANDS.ask(gemini(key, ":generateContent")), google);
    says(STANDS.ask(STANDS.chat(key, "m", false)), openAi);
    says(STANDS.ask(claude(key)), anthropic);
  }

  private static void says(HttpResponse<String> answer, String statusAndText) {
    var parts = statusAndText.split(" ", 2);
    assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(parts[0]));
    assertThat(answer.body()).contains(parts[1]);
  }

  @Test
  void google_names_the_quota_and_when_to_come_again() throws Exception {
    STANDS.script.limit(Match.key("g"), Quota.perMinute(1));
    assertThat(STANDS.ask(gemini("g", ":generateContent")).statusCode()).isEqualTo(200);
    var refused = STANDS.ask(gemini("g", ":generateContent"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).isEmpty();
    assertThat(refused.body())
        .contains(
            "\"quotaId\": \"GenerateRequestsPerMinutePerProjectPerModel-FreeTier\"",
            "\"quotaValue\": \"1\"",
            "\"retryDelay\": \"30s\"",
            "Please retry in 30s.");
    STANDS.script.key("g2", Fault.limitedToday(Duration.ofNanos(36_074_824_224L)));
    assertThat(STANDS.ask(gemini("g2", ":generateContent")).body())
        .contains("RequestsPerDayPerProject", "\"retryDelay\": \"36.074824224s\"");
  }

  @Test
  void shortened_windows_change_the_times_in_refusals_and_nothing_else() throws Exception {
    try (var stands = new Stands()) {
      stands
          .script
          .windows(new WindowLengths(Duration.ofSeconds(4), Duration.ofSeconds(120)))
          .limit(Match.ALL, Quota.perMinute(1))
          .project("ours", "p1", "p2");
      assertThat(shared(stands, "p1").statusCode()).isEqualTo(200);
      assertThat(shared(stands, "p2").body())
          .contains("PerMinutePerProjectPerModel", "\"quotaValue\": \"1\"", "\"2s\"");
      assertThat(shared(stands, "other").statusCode()).isEqualTo(200);
      stands.ask(stands.chat("o", "m", false));
      var refused = stands.ask(stands.chat("o", "m", false));
      assertThat(refused.headers().firstValue("x-ratelimit-reset-requests")).hasValue("4s");
      assertThat(refused.headers().firstValue("retry-after-ms")).hasValue("4000");
      assertThat(refused.body()).contains("requests per min (RPM): Limit 1");
      stands.pass(Duration.ofSeconds(2));
      assertThat(shared(stands, "p2").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void google_puts_errors_of_plain_streams_and_of_its_openai_path_in_an_array() throws Exception {
    STANDS.script.key("array", Fault.dead());
    assertThat(STANDS.ask(gemini("array", ":streamGenerateContent")).body()).startsWith("[{");
    assertThat(STANDS.ask(gemini("array", ":streamGenerateContent?alt=sse")).body())
        .startsWith("{");
    var compat =
        STANDS
            .to("/gemini/v1beta/openai/chat/completions")
            .header("authorization", "Bearer array")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(STANDS.ask(compat).body()).startsWith("[{").contains("API_KEY_INVALID");
  }

  @Test
  void openai_tells_what_is_left_and_when_to_come_again() throws Exception {
    STANDS.script.limit(Match.key("o"), new Quota(2, 0, 1_000));
    var served = STANDS.ask(STANDS.chat("o", "m", false)).headers();
    assertThat(served.firstValue("x-ratelimit-limit-requests")).hasValue("2");
    assertThat(served.firstValue("x-ratelimit-remaining-requests")).hasValue("1");
    assertThat(served.firstValue("x-ratelimit-reset-requests")).hasValue("30s");
    assertThat(served.firstValue("x-ratelimit-limit-tokens")).hasValue("1000");
    STANDS.ask(STANDS.chat("o", "m", false));
    var refused = STANDS.ask(STANDS.chat("o", "m", false));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).hasValue("30");
    assertThat(refused.headers().firstValue("retry-after-ms")).hasValue("30000");
    assertThat(refused.body()).contains("requests per min (RPM): Limit 2", "try again in 30s");
  }

  @Test
  void anthropic_tells_when_its_limits_are_full_again() throws Exception {
    STANDS.script.limit(Match.key("a"), Quota.perMinute(1));
    var served = STANDS.ask(claude("a")).headers();
    assertThat(served.firstValue("anthropic-ratelimit-requests-remaining")).hasValue("0");
    assertThat(served.firstValue("anthropic-ratelimit-requests-reset"))
        .hasValue("2026-11-20T12:01:30Z");
    var refused = STANDS.ask(claude("a"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).hasValue("60");
    assertThat(refused.body()).contains("rate_limit_error", "1 requests per minute");
  }

  @Test
  void counting_tokens_and_listing_models_cost_no_quota() throws Exception {
    STANDS.script.limit(Match.key("c"), Quota.perMinute(1));
    for (var i = 0; i < 3; i++) {
      assertThat(STANDS.ask(gemini("c", ":countTokens")).statusCode()).isEqualTo(200);
    }
    assertThat(STANDS.ask(gemini("c", ":generateContent")).statusCode()).isEqualTo(200);
  }

  @Test
  void keys_are_looked_for_where_each_provider_looks() throws Exception {
    record Try(String path, List<String> headers, int status, String text) {}
    for (var each :
        List.of(
            new Try("/openai/v1/models", List.of(), 401, "You didn't provide an API key"),
            new Try("/openai/v1/models", List.of("x-api-key", "k"), 401, "didn't provide"),
            new Try("/openai/v1/models", List.of("authorization", "Bearer k"), 200, "list"),
            new Try("/anthropic/v1/models", List.of(), 401, "x-api-key header is required"),
            new Try("/anthropic/v1/models", List.of("x-api-key", "k"), 400, "anthropic-version"),
            new Try("/gemini/v1beta/models", List.of(), 403, "unregistered callers"),
            new Try("/gemini/v1beta/models?key=k", List.of(), 200, "models/echo"),
            new Try("/gemini/v1beta/models?key=k", List.of("x-goog-api-key", "l"), 400, "Multiple"),
            new Try("/gemini/v1beta/openai/models", List.of(), 400, "Missing or invalid Auth"),
            new Try("/v1beta/models", List.of("authorization", "Bearer k"), 200, "models/echo"))) {
      var request = STANDS.to(each.path()).GET();
      if (!each.headers().isEmpty()) {
        request.header(each.headers().getFirst(), each.headers().getLast());
      }
      var answer = STANDS.ask(request.build());
      assertThat(answer.statusCode()).as(each.toString()).isEqualTo(each.status());
      assertThat(answer.body()).contains(each.text());
    }
  }

  @Test
  void a_strict_sandbox_knows_only_the_keys_that_were_named() throws Exception {
    try (var strict = new Stands()) {
      strict.script.know("mine").onlyKnown();
      assertThat(strict.ask(strict.chat("mine", "m", false)).statusCode()).isEqualTo(200);
      assertThat(strict.ask(strict.chat("theirs", "m", false)).statusCode()).isEqualTo(401);
    }
  }
}
