package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Match;
import io.onebalance.sandbox.quota.Quota;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The choice of keys in the running relay, over real sockets, against providers that keep to
/// quotas which nobody told us. Minutes pass as they are told to.
class SchedulingTest {
  private static final int KEYS = 5;
  private static final int EACH = 10;
  private static final int MINUTES = 6;

  private final Rig rig = new Rig();

  SchedulingTest() {
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    rig.patience = Patiences.waiting(rig.patience, Duration.ZERO);
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
