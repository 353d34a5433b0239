package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.metrics.ExpositionText;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts of the whole program, as a webhook hears them.
class AlarmsTest {
  private static final Duration A_WHILE = Duration.ofSeconds(31);
  private static final String DEAD = "sk-proj-dead-CANARYaaaaaaaaaaaaaaaaaaaa";

  @TempDir Path dir;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());

  @Test
  @DisplayName("S1 a webhook hears what somebody should know, each once, and no key in it")
  void a_webhook_hears_of_keys_pools_budgets_and_providers() throws Exception {
    try (var hook = FakeHook.start();
        var house = Running.at(clock, dir, settings(hook))) {
      house.keys("openai", DEAD, "sk-proj-well-CANARYbbbbbbbbbbbbbbbbbbbb");
      house.keys("groq", "gsk_CANARYcccccccccccccccccccccccccccccccccccccccccccccc");
      house.script.key(DEAD, Fault.refuses(Complaint.Plain.INVALID_KEY));
      house.script.key("gsk_CANARYcccccccccccccccccccccccccccccccccccccccccccccc", Fault.broken());

      assertThat(ask(house, Running.AUTH, "openai/gpt-4o-mini")).isEqualTo(200);
      assertThat(ask(house, Running.AUTH, "openai/gpt-4o-mini")).isEqualTo(200);
      assertThat(ask(house, Running.RESTRICTED, "openai/gpt-4o-mini")).isEqualTo(200);
      assertThat(ask(house, Running.RESTRICTED, "openai/gpt-4o-mini")).isEqualTo(429);
      for (var i = 0; i < 5; i++) {
        assertThat(ask(house, Running.AUTH, "groq/llama-3.3-70b-versatile")).isEqualTo(500);
      }
      awaitWritten(house, "groq", "faulted", 5);

      house.look();
      var first = List.of(hook.next(), hook.next());
      assertThat(first)
          .extracting(FakeHook.Told::alert)
          .containsExactlyInAnyOrder("key_blocked on", "budget_reached on");
      ahead.set(A_WHILE);
      house.look();
      house.look();
      var second = List.of(hook.next(), hook.next());
      assertThat(second)
          .extracting(FakeHook.Told::alert)
          .containsExactlyInAnyOrder("pool_low on", "provider_down on");
      assertThat(subjects(first, second)).contains("openai", "groq");

      house.post("/api/keys/bulk", "{\"action\":\"unblock\",\"filter\":{\"provider\":\"openai\"}}");
      house.script.key("gsk_CANARYcccccccccccccccccccccccccccccccccccccccccccccc", Fault.well());
      assertThat(ask(house, Running.AUTH, "groq/llama-3.3-70b-versatile")).isEqualTo(200);
      awaitWritten(house, "groq", "served", 1);
      house.look();
      ahead.set(A_WHILE.multipliedBy(2));
      house.look();
      var third = List.of(hook.next(), hook.next());
      assertThat(third)
          .extracting(FakeHook.Told::alert)
          .containsExactlyInAnyOrder("pool_low over", "provider_down over");
      assertThat(hook.isEmpty()).as("each is told once").isTrue();

      assertThat(Stream.of(first, second, third).flatMap(List::stream))
          .allSatisfy(told -> {
            assertThat(told.path()).isEqualTo("/hook?token=T0KEN");
            assertThat(told.signature()).isEqualTo("sha256=" + hmac(told.body()));
            assertThat(told.body()).doesNotContain("CANARY", Running.AUTH, Running.RESTRICTED);
          });
    }
  }

  private static String settings(FakeHook hook) {
    return """
    alerts: {webhook: '%s', signing-key: a signing key, pool-below-percent: 60}
    limits: {keys: {key-2: {tokens-per-day: 5}}}
    attempts: {server-faults: 1}
    """
        .formatted(hook.url());
  }

  private static int ask(Running house, String key, String model) {
    var body =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
            .formatted(model);
    return house
        .send(
            house
                .bare("/v1/chat/completions")
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  /// What was asked is told once it is written, a moment later; metrics hear of it after alerts.
  private static void awaitWritten(Running house, String provider, String verdict, int times) {
    var seen = 0.0;
    while (seen < times) {
      seen =
          ExpositionText.sum(
              ExpositionText.parse(house.get("/metrics").body()),
              "onebalance_attempts_total",
              "provider",
              provider,
              "verdict",
              verdict);
    }
  }

  private static List<String> subjects(List<FakeHook.Told> first, List<FakeHook.Told> second) {
    return Stream.of(first, second)
        .flatMap(List::stream)
        .map(told -> told.json().get("subject").asString())
        .toList();
  }

  private static String hmac(String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("a signing key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
