package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gateway keys that are issued while the program runs.
class IssuedKeyTest {
  private static final String KEYS = "/api/gateway-keys";
  private static final String HELLO =
      "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir Path dir;

  @Test
  @DisplayName(
      "S6 an issued key asks at once, within its limits, also after a restart, until revoked")
  void from_its_issue_to_its_end() {
    try (var running = Running.in(dir).keys("openai", "sk-provider-key-of-the-test-000001")) {
      var made =
          json(
              running.post(
                  KEYS,
                  """
                  {"name": "phone", "groups": "openai,gpt-4o-mini",
                   "limits": {"requests_per_minute": 3}}
                  """));
      var text = made.get("key").stringValue();
      var place = KEYS + "/" + made.get("id").stringValue();
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      assertThat(running.lastKey()).doesNotContain(text);
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      var refused = ask(running, text);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("rate_limited", "3 requests a minute");
      assertThat(running.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);

      var patch = BodyPublishers.ofString("{\"limits\":{}}");
      var request = running.to(place).header("content-type", "application/json");
      assertThat(running.send(request.method("PATCH", patch)).statusCode()).isEqualTo(200);
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      running.restart();
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      assertThat(running.send(running.to(place).DELETE()).statusCode()).isEqualTo(200);
      assertThat(ask(running, text).statusCode()).isEqualTo(401);
      running.restart();
      assertThat(ask(running, text).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void the_default_of_the_settings_holds_for_issued_keys_too() {
    var settings =
        "limits: {default: {requests-per-minute: 2}, keys: {key-1: {requests-per-minute: none}}}\n";
    try (var running =
        Running.in(dir, settings).keys("openai", "sk-provider-key-of-the-test-000001")) {
      var made = json(running.post(KEYS, "{\"name\": \"phone\", \"groups\": \"openai\"}"));
      var text = made.get("key").stringValue();
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      assertThat(ask(running, text).statusCode()).isEqualTo(200);
      assertThat(ask(running, text).statusCode()).isEqualTo(429);
      for (var i = 0; i < 5; i++) {
        assertThat(running.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<String> ask(Running running, String key) {
    return running.send(
        running
            .bare("/v1/chat/completions")
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(HELLO)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
