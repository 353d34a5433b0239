package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What answers say is left of a key's limits is kept for whoever chooses the next key.
class AllowanceTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String MODEL = "gpt-4o-mini";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @DisplayName("F19 answers and refusals alike tell what is left, and it is kept for key and model")
  void what_answers_tell_is_kept_for_key_and_model() {
    rig.keys("openai", A);
    rig.script.limit(Match.ALL, Quota.perMinute(2));

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(requestsLeft()).contains(1L);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    assertThat(requestsLeft()).contains(0L);
  }

  @Test
  void a_provider_that_is_declared_to_tell_nothing_is_not_listened_to() {
    rig.catalogue = rig.catalogue.with(Map.of("openai", Map.of("limits", Map.of())));
    rig.keys("openai", A);
    rig.script.limit(Match.ALL, Quota.perMinute(5));

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(left()).isEmpty();
  }

  @Test
  void tokens_are_counted_as_the_answer_tells_them_and_not_as_they_were_guessed() {
    keyWithLimit("openai", new Learnt(MODEL, Kind.TOKENS, Window.MINUTE, 10_000, true, 0));
    var usage = "\"usage\":{\"prompt_tokens\":700,\"completion_tokens\":70,\"total_tokens\":770}";
    var body = "{\"id\":\"a\",\"object\":\"chat.completion\",\"choices\":[]," + usage + "}";
    says(body);

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    rig.untilIdle("openai");
    assertThat(rig.pools.of("openai").limits().quotas(A, MODEL, rig.clock.instant()))
        .filteredOn(limit -> limit.kind() == Kind.TOKENS)
        .extracting(Measured::used)
        .containsExactly(770L);
  }

  @Test
  void what_anthropic_reads_from_a_cache_counts_against_no_limit() {
    keyWithLimit(
        "anthropic", new Learnt("claude-x", Kind.INPUT_TOKENS, Window.MINUTE, 50_000, true, 0));
    var usage =
        "\"usage\":{\"input_tokens\":5,\"cache_creation_input_tokens\":995,"
            + "\"cache_read_input_tokens\":49000,\"output_tokens\":10}";
    var body = "{\"id\":\"a\",\"type\":\"message\",\"content\":[]," + usage + "}";
    says(body);

    var asked =
        "{\"model\":\"claude-x\",\"max_tokens\":9,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    assertThat(rig.post("/api/anthropic/v1/messages", asked).statusCode()).isEqualTo(200);
    rig.untilIdle("anthropic");
    assertThat(rig.pools.of("anthropic").limits().quotas(A, "claude-x", rig.clock.instant()))
        .filteredOn(limit -> limit.kind() == Kind.INPUT_TOKENS)
        .extracting(Measured::used)
        .containsExactly(1000L);
    assertThat(rig.entries.remove().tokens().input()).isEqualTo(50_000);
  }

  private void keyWithLimit(String provider, Learnt limit) {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    rig.keys(provider, A);
    rig.pools.of(provider).recall(A, List.of(limit), rig.clock.instant(), rig.clock.instant());
  }

  private void says(String body) {
    rig.script.play(
        Match.ALL,
        new Fault.Says(200, Map.of("content-type", "application/json"), body.getBytes(UTF_8)));
  }

  private Optional<Long> requestsLeft() {
    return left().stream()
        .filter(told -> told.kind() == Kind.REQUESTS)
        .map(Allowance::remaining)
        .findFirst();
  }

  private List<Allowance> left() {
    return rig.pools.of("openai").limits().allowances(A, MODEL, rig.clock.instant());
  }
}
