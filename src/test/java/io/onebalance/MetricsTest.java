package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.metrics.ExpositionText;
import io.onebalance.wire.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir Path dir;

  @Test
  @DisplayName("S24 an unrestricted gateway key opens the metrics, nothing less does")
  void metrics_need_access() {
    try (var house = Running.in(dir).keys("openai", "sk-one", "sk-two")) {
      var told = house.get("/metrics");
      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
      assertThat(header(told, "content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(header(told, "cache-control")).isEqualTo("no-store");
      var families = ExpositionText.parse(told.body());
      assertThat(
              ExpositionText.value(
                  families, "onebalance_keys", "provider", "openai", "state", "ready"))
          .isEqualTo(2);
      assertThat(ExpositionText.value(families, "onebalance_requests_under_way")).isZero();

      assertThat(house.send(house.bare("/metrics").GET()).statusCode()).isEqualTo(401);
      var restricted = house.bare("/metrics").header("x-api-key", Running.RESTRICTED).GET();
      assertThat(house.send(restricted).statusCode()).isEqualTo(403);
      var open = house.to("/metrics").header("accept", "application/openmetrics-text").GET();
      assertThat(house.send(open).body()).endsWith("# EOF\n");
      var head = house.send(house.to("/metrics").HEAD());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      var posted = house.send(house.to("/metrics").POST(BodyPublishers.noBody()));
      assertThat(posted.statusCode()).isEqualTo(405);
      assertThat(header(posted, "allow")).isEqualTo("GET, HEAD");
      assertThat(house.get("/login").statusCode()).as("the console is there").isEqualTo(200);
    }
  }

  /// What was asked is counted once it is written, a moment later.
  @Test
  void requests_are_counted() {
    try (var house = Running.in(dir).keys("openai", "sk-one")) {
      var chat = "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[]}";
      assertThat(house.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
      var text = house.get("/metrics").body();
      while (!text.contains("onebalance_requests_total{")) {
        text = house.get("/metrics").body();
      }
      var families = ExpositionText.parse(text);
      assertThat(
              ExpositionText.value(
                  families, "onebalance_attempts_total", "provider", "openai", "verdict", "served"))
          .isEqualTo(1);
      assertThat(ExpositionText.value(families, "onebalance_journal_waiting_bytes")).isZero();
    }
  }

  @Test
  void open_metrics_need_no_key_and_no_console() {
    try (var house = Running.in(dir, "metrics: {open: true}\nconsole: {enabled: false}\n")) {
      assertThat(house.send(house.bare("/metrics").GET()).statusCode()).isEqualTo(200);
      assertThat(house.get("/login").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void metrics_are_where_the_console_listens() throws IOException {
    var port = Ports.free();
    try (var house = Running.in(dir, "console:\n  listen: 127.0.0.1:" + port + "\n")) {
      assertThat(house.get("/metrics").statusCode()).isEqualTo(404);
      var there =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .header("authorization", "Bearer " + Running.AUTH);
      assertThat(house.send(there).statusCode()).isEqualTo(200);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
