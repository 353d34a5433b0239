package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Policy;
import io.onebalance.provider.limit.Windows;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.quota.WindowLengths;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The choice of keys in the running relay, over real sockets, against providers that keep to
/// quotas which nobody told us. Minutes pass as they are told to, or last two seconds.
class SchedulingTest {
  private static final int KEYS = 5;
  private static final int EACH = 10;
  private static final int MINUTES = 6;
  private static final int ROUNDS = 10;

  /// Attempts for each that is served, where a stall of the machine may bring some into another
  /// minute than they were sent in. Without limits that are kept to it would be two and more.
  private static final double STALLED = 1.2;

  private final Rig rig = new Rig();

  SchedulingTest() {
    rig.script.limit(Match.ALL, Quota.perMinute(EACH));
    for (var key = 0; key < KEYS; key++) {
      rig.keys("openai", "openai-key-00000000000000000" + key);
      rig.keys("google-ai-studio", "gemini-key-00000000000000000" + key);
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// Minutes of two seconds, which pass by themselves. That both sides count the same is known.
  private void shortenMinutes() {
    rig.script.windows(new WindowLengths(Duration.ofSeconds(2), Duration.ofDays(1)));
    rig.pools.policy(
        new Policy(
            2,
            5,
            Map.of(
                "google-ai-studio", Windows.UNTOLD.withMinute("2s clock"),
                "openai", Windows.UNTOLD.withMinute("2s"))));
  }

  /// So many at once, each on a connection of its own, until all are answered.
  private List<HttpResponse<String>> askAtOnce(String provider, int requests) {
    var to = provider.equals("openai") ? Calls.CHAT : Calls.GENERATE;
    var body = provider.equals("openai") ? Calls.HELLO : Calls.CONTENTS;
    var request =
        rig.request(to)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return Stream.generate(() -> rig.http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
        .limit(requests)
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  /// Has the limits of all keys found out, which costs the refusals of which Gemini's are learnt.
  private void findLimits(String provider) {
    for (var round = 0; round < ROUNDS && !areKnown(provider); round++) {
      askAtOnce(provider, 2 * KEYS * EACH);
    }
    assertThat(areKnown(provider)).isTrue();
    rig.sandbox.seen().forget();
  }

  private boolean areKnown(String provider) {
    var pool = rig.pools.of(provider);
    var model = provider.equals("openai") ? "gpt-4o-mini" : "gemini-2.5-flash";
    return pool.keys().stream()
        .allMatch(key ->
            pool.limits().quotas(key.id(), model, rig.clock.instant()).stream()
                .anyMatch(limit -> limit.limit() == EACH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "google-ai-studio"})
  void all_who_ask_at_once_are_served_in_the_end_without_an_attempt_too_many(String provider) {
    rig.patience = Patiences.waiting(rig.patience, Duration.ofSeconds(20));
    shortenMinutes();
    findLimits(provider);
    var requests = 2 * KEYS * EACH;
    assertThat(askAtOnce(provider, requests))
        .allSatisfy(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
    var asked = rig.sandbox.seen().all();
    assertThat((double) asked.size() / requests).isBetween(1.0, STALLED);
    assertThat(asked.stream().map(Asked::key).distinct()).hasSize(KEYS);
  }

  /// A whole minute is within what they wait, so that what it has is possible, but for keys that
  /// rest for one because the machine stalled while limits were found out.
  @ParameterizedTest
  @ValueSource(strings = {"openai", "google-ai-studio"})
  void who_cannot_be_served_in_time_is_told_when_to_come_back(String provider) {
    rig.patience = Patiences.waiting(rig.patience, Duration.ofSeconds(3));
    shortenMinutes();
    findLimits(provider);
    var answers = askAtOnce(provider, 4 * KEYS * EACH);
    var served = answers.stream().filter(answer -> answer.statusCode() == 200).count();
    assertThat(served).isBetween(KEYS * EACH / 2L, 3L * KEYS * EACH);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 200)
        .isNotEmpty()
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
          assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 3L);
        });
    assertThat((double) rig.sandbox.seen().count() / served).isLessThanOrEqualTo(STALLED);
  }

  private HttpResponse<String> ask(String provider) {
    return provider.equals("openai")
        ? rig.post(Calls.CHAT, Calls.HELLO)
        : rig.post(Calls.GENERATE, Calls.CONTENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, 60, 1.00, 1.00",
    "openai, 90, 1.00, 1.02",
    "openai, 150, 0.97, 1.03",
    "google-ai-studio, 60, 1.00, 1.00",
    "google-ai-studio, 90, 1.00, 1.02",
    "google-ai-studio, 150, 0.97, 1.03",
  })
  void quotas_are_spent_and_attempts_are_not_wasted(
      String provider, int percent, double part, double attempts) {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    rig.patience = Patiences.waiting(rig.patience, Duration.ZERO);
    var requests = MINUTES * KEYS * EACH * percent / 100;
    var pause = Duration.ofMinutes(MINUTES).dividedBy(requests);
    var served = 0;
    for (var request = 0; request < requests; request++) {
      rig.pass(pause);
      var answer = ask(provider);
      served += answer.statusCode() == 200 ? 1 : 0;
      if (answer.statusCode() != 200) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 61L);
      }
    }
    var possible = Math.min(requests, MINUTES * KEYS * EACH);
    assertThat((double) served / possible).isGreaterThanOrEqualTo(part);
    assertThat((double) rig.sandbox.seen().count() / served).isLessThanOrEqualTo(attempts);
  }
}
