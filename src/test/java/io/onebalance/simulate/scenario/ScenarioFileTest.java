package io.onebalance.simulate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
  private static final String SMALL =
      """
      quotas:
        free: {requests-per-minute: 10}
      keys: {count: 50, quota: free}
      load: {rate: 60% of minute}
      """;

  @Test
  void a_small_file_is_enough() throws BadScenario {
    var scenario = ScenarioFile.read(SMALL);
    assertThat(scenario.timing().duration()).isEqualTo(86_400_000);
    assertThat(scenario.timing().patience()).isEqualTo(10_000);
    assertThat(scenario.provider().slug()).isEqualTo("google-ai-studio");
    assertThat(scenario.provider().tells()).isEqualTo(Telling.GEMINI);
    assertThat(scenario.keyCount()).isEqualTo(50);
    assertThat(scenario.demand().loads().getFirst().perMinute()).isEqualTo(300, within(1e-9));
    assertThat(scenario.cluster().instances()).isEqualTo(1);
  }

  @Test
  void a_file_may_say_all_of_it() throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            title: everything
            start: 2026-03-07T08:00:00Z
            duration: 2h
            wait: 5s
            seed: 7
            provider: groq
            tells: headers
            instances: 4
            exchange: 1s
            gateway-keys: 3
            latency: {first: {median: 500ms, p99: 4s, most: 30s}, rest: 2s}
            tokens: {input: {median: 1000, p99: 30000, most: 100000}, output: 300}
            quotas:
              free:
                requests-per-minute: 10
                tokens-per-minute: 250000
                requests-per-day: 250
                concurrent: 3
                minute: clock
                day: America/Los_Angeles
                changes: [{at: 1h, times: 50%}, {at: 90m, times: 2}]
              paid: {requests-per-minute: 1000}
            keys:
              - {count: 100, quota: free, projects: 20, told: true, dead: 10%, others: 20%}
              - count: 15
                quota: paid
                flapping: {share: 5%, up: 10m, down: 5m, answer: limited}
            load:
              - {rate: 5/s, model: big, from: 10m, to: 1h, by-hour: [1, 0.5]}
              - {rate: 100/m, burst: {every: 10m, lasts: 30s, times: 5}}
            faults: [{answer: overloaded, from: 30m, lasts: 10m, share: 50%, retry-after: 3s}]
            """);
    var free = scenario.keys().getFirst();
    assertThat(free.plan().limits())
        .contains(
            new Limit(
                Limit.Kind.REQUESTS,
                Limit.Span.DAY,
                250,
                Optional.of(ZoneId.of("America/Los_Angeles"))));
    assertThat(free.plan().factor(3_600_000)).isEqualTo(0.5);
    assertThat(free.quotas()).isEqualTo(20);
    assertThat(free.sharing().told()).isTrue();
    assertThat(scenario.keys().getLast().ailments().flapping().answer()).isEqualTo(Trouble.LIMITED);
    assertThat(scenario.demand().loads().getFirst().byHour()).isEqualTo(List.of(1.0, 0.5));
    assertThat(scenario.provider().faults().getFirst().share()).isEqualTo(0.5);
    assertThat(scenario.provider().faults().getFirst().retryAfter())
        .contains(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "duration: 24 | line 1: 'duration' is 24; allowed: a length of time such as 500ms, 10s",
        "speed: 3 | line 1: 'speed' is unknown; allowed: duration",
        "wait: [1s] | line 1: 'wait' is a list or a map; allowed: a length of time",
        "tells: secrets | allowed: gemini, headers, retry-after, bare",
        "start: yesterday | allowed: a moment such as 2026-01-05T00:00:00Z",
        "instances: 0 | allowed: a whole number from 1 to 64",
        "faults: {from: 1h} | line 1: faults: 'lasts' is missing; allowed: a length of time",
        "faults: {answer: doubted, retry-after: 1s} | 'retry-after' is told by overloaded and"
            + " limited",
        "faults: [3] | line 1: 'faults' must hold 'name: value'",
        "gateway-keys: -1 | allowed: a whole number from 1 to 10000",
        "tokens: {input: {median: 9, p99: 1}} | 'median' must not be above 'p99' and 'most'",
        "{ | this is not YAML",
      })
  void what_is_wrong_is_named_with_its_line_and_what_is_allowed(String line, String told) {
    assertThatThrownBy(() -> ScenarioFile.read(line + "\n" + SMALL))
        .isInstanceOf(BadScenario.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{count: 0, quota: free} | {rate: 1/s} | line 3: keys: 'count' is 0; allowed: a whole"
            + " number",
        "{count: 5, quota: paid} | {rate: 1/s} | line 3: keys: quota 'paid' is not one of: free",
        "{count: 5, quota: free, dead: 110%} | {rate: 1/s} | allowed: a part such as 5%",
        "{count: 5, quota: free, projects: 6} | {rate: 1/s} | allowed: a whole number from 1 to 5",
        "{count: 5, quota: free} | {rate: fast} | line 4: load: 'rate' is fast; allowed: 300/m",
        "{count: 5, quota: free} | {rate: 60% of day} | a part of a limit that the keys do not"
            + " have",
        "{count: 5, quota: free} | {} | line 4: load: 'rate' is missing",
        "{count: 5, quota: free} | [] | 'load' is missing",
        "[] | {rate: 1/s} | 'keys' is missing",
      })
  void keys_and_load_are_checked(String keys, String load, String told) {
    var text = "quotas:\n  free: {requests-per-minute: 10}\nkeys: " + keys + "\nload: " + load;
    assertThatThrownBy(() -> ScenarioFile.read(text))
        .isInstanceOf(BadScenario.class)
        .hasMessageContaining(told);
  }

  @Test
  void every_scenario_of_the_documentation_can_be_read() throws Exception {
    try (var files = Files.list(Path.of("docs/scenarios"))) {
      for (var file : files.toList()) {
        assertThat(ScenarioFile.read(Files.readString(file)).keyCount()).isPositive();
      }
    }
  }
}
