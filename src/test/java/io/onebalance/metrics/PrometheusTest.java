package io.onebalance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.Running;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What lies in `deploy` for Prometheus and Grafana, at a server of Prometheus that looks at a
/// gateway that runs.
class PrometheusTest {
  private static final Path RULES = Path.of("deploy/prometheus/alerts.yaml");
  private static final Path SCRAPE = Path.of("deploy/prometheus/scrape.yaml");
  private static final Pattern NAME = Pattern.compile("- alert: (\\w+)");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

  private static Running house;
  private static PrometheusServer prometheus;

  @BeforeAll
  static void begin(@TempDir Path dir) throws IOException {
    Tool.run("", "prometheus", "--version");
    house =
        Running.at(Clock.systemUTC(), dir.resolve("house"), "attempts: {server-faults: 1}\n")
            .keys("openai", "sk-good", "sk-limited")
            .keys("groq", "gsk-broken")
            .keys("openrouter", "sk-or-dead");
    house
        .script
        .limit(Match.key("sk-good"), Quota.perDay(10_000))
        .key("sk-limited", Fault.limited(Duration.ofMinutes(1)))
        .key("gsk-broken", Fault.broken())
        .key("sk-or-dead", Fault.dead());
    prometheus = PrometheusServer.start(dir, config(dir));
    prometheus.awaitReady();
  }

  /// The scrape as it is delivered, but for where the gateway is.
  private static String config(Path dir) throws IOException {
    var key = Files.writeString(dir.resolve("gateway-key"), Running.AUTH);
    var scrape =
        Files.readString(SCRAPE)
            .replace("/etc/prometheus/one-balance-key", key.toString())
            .replace("localhost:8080", URI.create(house.url()).getAuthority())
            .replace("15s", "500ms");
    return "global: {evaluation_interval: 500ms}\nrule_files: ['%s']\nscrape_configs:\n%s"
        .formatted(RULES.toAbsolutePath(), scrape.indent(2));
  }

  @AfterAll
  static void end() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (house != null) {
      house.close();
    }
  }

  /// Requests that are served at a known and at an unknown price, limited, and failed.
  @Test
  void each_query_of_the_dashboard_finds_a_number() {
    var open = new ArrayList<>(Dashboard.queries());
    assertThat(open).hasSizeGreaterThan(30);
    open.add("onebalance_attempts_total{verdict=\"limited\"} > 0");
    prometheus.until(
        () -> "no number for " + open,
        () -> {
          assertThat(ask("openai/gpt-4o-mini")).isEqualTo(200);
          assertThat(ask("openai/of-tomorrow")).isEqualTo(200);
          assertThat(ask("groq/llama-3.3-70b-versatile")).isGreaterThanOrEqualTo(500);
          open.removeIf(prometheus::tellsNumbers);
          return open.isEmpty();
        });
  }

  @Test
  void each_variable_of_the_dashboard_finds_the_providers() {
    assertThat(Dashboard.variables()).isNotEmpty();
    for (var variable : Dashboard.variables()) {
      var asked = VARIABLE.matcher(variable);
      assertThat(asked.matches()).as(variable).isTrue();
      var wanted = List.of("groq", "openai", "openrouter", "sandbox");
      prometheus.until(
          () -> "not all providers for " + variable,
          () -> prometheus.values(asked.group(2), asked.group(1)).containsAll(wanted));
    }
  }

  @Test
  void each_rule_is_in_good_health() throws IOException {
    prometheus.until(
        () -> "not all rules were tried: " + prometheus.rules(),
        () -> prometheus.rules().stream().noneMatch(rule -> health(rule).equals("unknown")));
    assertThat(prometheus.rules())
        .allSatisfy(rule -> assertThat(health(rule)).as(rule.toString()).isEqualTo("ok"))
        .extracting(rule -> rule.get("name").asString())
        .containsExactlyElementsOf(
            NAME.matcher(Files.readString(RULES)).results().map(name -> name.group(1)).toList());
  }

  private static String health(JsonNode rule) {
    return rule.get("health").asString();
  }

  @Test
  void a_key_that_is_blocked_sets_off_its_alert() {
    var ready = "onebalance_keys{provider=\"openrouter\", state=\"ready\"} == 1";
    prometheus.until(() -> "no key is ready", () -> prometheus.tellsNumbers(ready));
    assertThat(ask("openrouter/any")).isGreaterThanOrEqualTo(400);
    prometheus.until(
        () -> "no alert fires: " + prometheus.rules(),
        () ->
            firing("OneBalanceKeysBlocked")
                .contains("Keys of openrouter were blocked within the last hour."));
  }

  /// What the alerts of a rule say that fire.
  private static List<String> firing(String name) {
    return prometheus.rules().stream()
        .filter(rule -> rule.get("name").asString().equals(name))
        .flatMap(rule -> rule.get("alerts").valueStream())
        .filter(alert -> alert.get("state").asString().equals("firing"))
        .map(alert -> alert.get("annotations").get("summary").asString())
        .toList();
  }

  private static int ask(String model) {
    var chat =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
            .formatted(model);
    return house.post("/v1/chat/completions", chat).statusCode();
  }
}
