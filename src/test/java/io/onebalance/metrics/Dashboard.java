package io.onebalance.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the dashboards in `deploy` ask Prometheus.
final class Dashboard {
  private Dashboard() {}

  /// The queries of all panels, with the variables that Grafana fills in.
  static List<String> queries() {
    return all().stream()
        .flatMap(dashboard -> dashboard.findValuesAsString("expr").stream())
        .map(query -> query.replace("$__rate_interval", "5m").replace("$provider", ".*"))
        .toList();
  }

  /// The queries that tell Grafana what its variables may be.
  static List<String> variables() {
    return all().stream()
        .flatMap(dashboard -> dashboard.findValuesAsString("definition").stream())
        .toList();
  }

  private static List<JsonNode> all() {
    try (var files = Files.walk(Path.of("deploy"))) {
      var json = new JsonMapper();
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> json.readTree(file.toFile()))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
