package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers and the way to them do wrong before a byte has reached the client: the endpoint
/// is at fault, never a key.
class ProviderFaultTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";

  private static final Complaint NO_TOOL = new Complaint.BadRequest("no such tool");

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @DisplayName("P1, F5 silence before the first byte: retried once, then 504 with the code timeout")
  void a_stall_before_the_first_byte() {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(200));
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.hangs());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("\"code\":\"timeout\"");
    assertThat(attempts(answer)).isEqualTo(2);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F5 a slow first attempt is followed by a good one")
  void a_stall_and_then_an_answer() {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(200));
    rig.keys("openai", A);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("P1, D26 the deadline ends all attempts: 504 with the code timeout")
  void the_deadline() {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMillis(300));
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.hangs());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("\"code\":\"timeout\"");
    assertThat(attempts(answer)).isEqualTo(1);
  }

  @Test
  @DisplayName("F9 an error document in a 200 is what it says: the next key is asked")
  void an_error_in_a_success() {
    rig.keys("openai", A, B);
    rig.script.key(A, new Fault.RefusesWith200(Complaint.Plain.INVALID_KEY));

    for (var i = 0; i < 4; i++) {
      var answer = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("chat.completion");
    }
    assertThat(rig.counts("openai").blocked()).isEqualTo(1);
  }

  @Test
  @DisplayName("F9 an error document of 8 KiB is looked at, one of a byte more passes as it came")
  void the_longest_error_that_is_looked_at() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, says(errorOf(8192)), Fault.well());
    assertThat(attempts(rig.post(Calls.CHAT, Calls.HELLO))).isEqualTo(2);

    rig.script.play(Match.ALL, says(errorOf(8193)), Fault.well());
    var longer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(attempts(longer)).isEqualTo(1);
    assertThat(longer.statusCode()).isEqualTo(200);
    assertThat(longer.body()).isEqualTo(errorOf(8193));
  }

  private static String errorOf(int length) {
    var text = "{\"error\":{\"message\":\"\",\"type\":\"server_error\"}}";
    return text.replace("\"\"", "\"" + "x".repeat(length - text.length()) + "\"");
  }

  private static Fault says(String json) {
    return new Fault.Says(
        200, Map.of("content-type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX_TOKENS", "SAFETY"})
  @DisplayName("F10 a Gemini answer without parts for a limit or for safety is an answer")
  void an_answer_without_parts(String reason) {
    rig.keys("google-ai-studio", A, B);
    var body = "{\"candidates\":[{\"finishReason\":\"%s\"}]}".formatted(reason);
    rig.script.play(Match.ALL, says(body));
    var answer = rig.post(Calls.GENERATE, Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("F9, D9 a client's mistake told in a 200 is what it says: nobody is asked again")
  void a_mistake_in_a_success() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, new Fault.RefusesWith200(NO_TOOL));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no such tool");
    assertThat(attempts(answer)).isEqualTo(1);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("F11 a client's mistake as the first event of a stream is a refusal")
  void a_mistake_as_first_event() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, new Fault.FailsAfter(0, NO_TOOL));
    var answer = rig.post(Calls.CHAT, Calls.STREAM);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).startsWith("{\"error\":{").contains("no such tool");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    rig.untilIdle("openai");
  }

  @Test
  @DisplayName("S26 a mistake told in a 200 does not echo the key")
  void a_mistake_in_a_success_that_echoes_the_key() {
    rig.keys("openai", A);
    var echo = "{\"error\":{\"code\":400,\"message\":\"%s sent no model\"}}";
    rig.script.play(Match.ALL, says(echo.formatted(A)));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).body()).isEqualTo(echo.formatted("[redacted]"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F27 a mistake told in a 200 is no success that convicts the keys before it")
  void a_mistake_in_a_success_convicts_nobody(boolean stream) {
    rig.keys("openai", A, B);
    rig.script.play(
        Match.ALL,
        Fault.refuses(Complaint.Plain.FORBIDDEN),
        stream ? new Fault.FailsAfter(0, NO_TOOL) : new Fault.RefusesWith200(NO_TOOL));
    assertThat(attempts(rig.post(Calls.CHAT, stream ? Calls.STREAM : Calls.HELLO))).isEqualTo(2);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F10 an empty Gemini answer: asked once more, then a clear error")
  void an_empty_answer() {
    rig.keys("google-ai-studio", A, B);
    rig.script.play(Match.ALL, new Fault.Empty());

    var answer = rig.post(Calls.GENERATE, Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed", "UNAVAILABLE");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);

    rig.script.play(Match.ALL, new Fault.Empty(), Fault.well());
    assertThat(rig.post(Calls.GENERATE, Calls.CONTENTS).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F10 a stream without an event is held back and asked for once more")
  void an_empty_stream() {
    rig.keys("google-ai-studio", A, B);
    rig.script.play(Match.ALL, new Fault.Empty(), Fault.well());
    var answer = rig.post(Calls.GENERATE_STREAM, Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("data: {").contains("parts");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  @DisplayName("F11 an error as the first event of a stream: the next key is asked")
  void an_error_as_first_event() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, new Fault.FailsAfter(0, Complaint.Plain.OVERLOADED), Fault.well());
    var answer = rig.post(Calls.CHAT, Calls.STREAM);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("[DONE]").doesNotContain("error");
    assertThat(attempts(answer)).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "F24, P10, D20 all keys overloaded: at most 1.10 attempts a request, every key in use")
  void no_amplification() {
    rig.keys("openai", IntStream.range(0, 20).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.ALL, Fault.overloaded());

    var requests = 200;
    var began = rig.clock.instant();
    for (var i = 0; i < requests; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(503);
    }
    var seconds = Duration.between(began, rig.clock.instant()).toSeconds() + 1;
    var floor = 3 * (1 + seconds);
    assertThat(rig.sandbox.seen().count()).isLessThanOrEqualTo((long) (1.1 * requests) + floor);
    assertThat(rig.counts("openai").active()).isEqualTo(20);
  }

  @Test
  @DisplayName("F24 the provider's own failure is passed on in its words, scrubbed")
  void the_last_failure_is_the_providers() {
    rig.keys("openai", A);
    rig.script.play(
        Match.ALL,
        new Fault.Says(
            500,
            Map.of("content-type", "application/json"),
            ("{\"error\":{\"message\":\"sorry, " + A + " failed\"}}")
                .getBytes(StandardCharsets.UTF_8)));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"error\":{\"message\":\"sorry, [redacted] failed\"}}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  @DisplayName("server faults are bounded by their own limit")
  void the_limit_of_server_faults() {
    rig.patience = Patiences.serverFaults(rig.patience, 2);
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.broken());
    assertThat(attempts(rig.post(Calls.CHAT, Calls.HELLO))).isEqualTo(2);
  }

  private static int attempts(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("x-one-balance-attempts").orElseThrow());
  }
}
