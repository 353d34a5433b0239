package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.trace.FakeCollector;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces of the whole program, as a collector hears them.
class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CHAT =
      "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir Path dir;

  @Test
  @DisplayName("S1 a request is told within its client's trace, without any key")
  void requests_are_traced() {
    try (var collector = FakeCollector.start()) {
      try (var house =
          Running.in(dir, "tracing: {endpoint: '" + collector.url() + "'}\n")
              .keys("openai", "sk-proj-CANARYaaaaaaaaaaaaaaaaaaaaaaaaaa")) {
        var answer =
            house.send(
                house
                    .to("/v1/chat/completions")
                    .header("content-type", "application/json")
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .POST(BodyPublishers.ofString(CHAT)));
        assertThat(answer.statusCode()).isEqualTo(200);
        var stranger =
            house.send(
                house
                    .bare("/v1/chat/completions")
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .POST(BodyPublishers.ofString(CHAT)));
        assertThat(stranger.statusCode()).isEqualTo(401);
        for (var key : List.of("sk-proj-CANARYaaaaaaaaaaaaaaaaaaaaaaaaaa", Running.AUTH)) {
          house.send(
              house
                  .to("/v1/chat/completions")
                  .header("content-type", "application/json")
                  .POST(BodyPublishers.ofString(CHAT.replace("gpt-4o-mini", key))));
        }
      }
      var ours = collector.spans().stream().filter(span -> span.trace().equals(TRACE)).toList();
      assertThat(ours)
          .extracting(FakeCollector.Seen::name)
          .containsExactlyInAnyOrder("chat openai/gpt-4o-mini", "attempt openai");
      assertThat(collector.spans())
          .as("the stranger's begins a trace of its own")
          .hasSizeGreaterThanOrEqualTo(5);
      assertThat(collector.text()).doesNotContain("CANARY", Running.AUTH);
    }
  }

  @Test
  void without_an_endpoint_nothing_of_it_is_loaded() throws IOException {
    var loaded = dir.resolve("loaded.log");
    try (var child =
        Child.serving(
            dir,
            Map.of("AUTH_KEY", "gateway-key-of-the-tracing-test"),
            "-Xlog:class+load:file=" + loaded)) {
      var answer =
          child.post(
              "/v1/chat/completions",
              "gateway-key-of-the-tracing-test",
              "application/json",
              CHAT.replace("openai/gpt-4o-mini", "sandbox/echo"));
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    var ours = Files.readAllLines(loaded).stream().filter(line -> line.contains("io.onebalance"));
    assertThat(ours).as("the classes are told").isNotEmpty();
    var theirs = Files.readAllLines(loaded).stream().filter(line -> line.contains("opentelemetry"));
    assertThat(theirs).isEmpty();
  }
}
