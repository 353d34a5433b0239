package io.onebalance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of Prometheus in a process of its own (Debian: prometheus), and what it answers.
final class PrometheusServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration BOUND = Duration.ofSeconds(30);

  /// It looks at its targets now and then: to ask without a pause finds nothing new.
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Path log;
  private final Process process;

  private PrometheusServer(String url, Path log, Process process) {
    this.url = url;
    this.log = log;
    this.process = process;
  }

  /// Starts with this configuration and keeps what it has in this folder. It may not be ready when
  /// this returns.
  static PrometheusServer start(Path dir, String config) throws IOException {
    var file = Files.writeString(dir.resolve("prometheus.yml"), config);
    var log = dir.resolve("prometheus.log");
    var address = "127.0.0.1:" + Ports.free();
    var process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + dir.resolve("series"),
                "--web.listen-address=" + address)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new PrometheusServer("http://" + address, log, process);
  }

  void awaitReady() {
    until(() -> "it is not ready", this::isReady);
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// What this expression comes to now.
  List<JsonNode> ask(String expression) {
    return told("/api/v1/query?query=" + encoded(expression)).get("result").valueStream().toList();
  }

  /// Whether this expression comes to a number now, of one series at least.
  boolean tellsNumbers(String expression) {
    return ask(expression).stream()
        .map(sample -> sample.get("value").get(1).asString())
        .anyMatch(number -> !number.equals("NaN") && !number.endsWith("Inf"));
  }

  /// The values that a label has among the series of a metric.
  List<String> values(String label, String metric) {
    return told("/api/v1/label/" + label + "/values?" + encoded("match[]") + "=" + metric)
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  /// The rules of all groups, with how they fare.
  List<JsonNode> rules() {
    return told("/api/v1/rules")
        .get("groups")
        .valueStream()
        .flatMap(group -> group.get("rules").valueStream())
        .toList();
  }

  private JsonNode told(String path) {
    try {
      var answer = JSON.readTree(get(path).body());
      assertThat(answer.get("status").asString()).as("%s: %s", path, answer).isEqualTo("success");
      return answer.get("data");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(BOUND).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Waits until something is so that nobody announces. Fails after half a minute, and then says
  /// what is otherwise.
  void until(Supplier<String> otherwise, BooleanSupplier isSo) {
    var deadline = System.nanoTime() + BOUND.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError(otherwise.get() + "; " + said());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
