package io.onebalance.simulate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.answer.Verdict.Limited;
import io.onebalance.provider.answer.Verdict.Quota;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.simulate.Setting;
import io.onebalance.simulate.Simulation;
import io.onebalance.simulate.scenario.BadScenario;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.ScenarioFile;
import io.onebalance.simulate.world.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The seeds as they were seen to behave.
class SeedsTest {
  private static final Instant NOON_PACIFIC = Instant.parse("2026-01-05T20:00:00Z");
  private static final Limited BARE =
      new Limited(Window.UNKNOWN, Optional.empty(), Optional.empty());

  private static Limited told(String quota, String rest) {
    return new Limited(
        Window.MINUTE,
        Optional.of(Duration.parse(rest)),
        Optional.of(new Quota(quota, Optional.of(10L))));
  }

  @ParameterizedTest
  @CsvSource({
    "google-ai-studio, GenerateRequestsPerMinutePerProjectPerModel-FreeTier, PT39.5S, 41",
    "google-ai-studio, GenerateRequestsPerMinutePerProjectPerModel-FreeTier, PT39S, 41",
    "google-ai-studio, GenerateRequestsPerDayPerProjectPerModel-FreeTier, PT36S, 43200",
    "google-ai-studio, GenerateContentInputTokensPerModelPerDay-FreeTier, PT36S, 38",
    "openai, whatever, PT20S, 65",
  })
  void one_balance_rests_as_long_as_it_did(
      String provider, String quota, String rest, long seconds) {
    var rules = new OneBalanceRules(provider);
    assertThat(rules.seconds(1, told(quota, rest), NOON_PACIFIC.toEpochMilli())).isEqualTo(seconds);
  }

  @Test
  void one_balance_benches_a_key_at_each_second_429_whatever_was_served_between() {
    var rules = new OneBalanceRules("openai");
    var now = NOON_PACIFIC.toEpochMilli();
    assertThat(rules.seconds(1, BARE, now)).isEqualTo(65);
    assertThat(rules.seconds(2, BARE, now)).isEqualTo(65);
    assertThat(rules.seconds(1, BARE, now)).isEqualTo(86_400);
    assertThat(rules.seconds(1, BARE, now)).isEqualTo(65);
  }

  @Test
  void one_balance_knows_no_time_between_midnight_and_one() {
    var halfPast = Instant.parse("2026-01-05T08:30:00Z").toEpochMilli();
    assertThat(OneBalanceRules.untilMidnight(halfPast)).isEqualTo(-1800);
  }

  @ParameterizedTest
  @CsvSource({"600, 30, 60", "499, 30, 60", "20, 20, 20"})
  void one_balance_asks_thirty_keys_at_most_and_forgets_none_that_is_blocked(
      int keys, long first, long both) throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            duration: 24h
            quotas: {free: {requests-per-minute: 10}}
            keys: {count: %d, quota: free, dead: 100%%}
            load: {rate: 1/s}
            """
                .formatted(keys),
            true);
    assertThat(attempts(scenario, "at,model\n1772000000,gpt\n")).isEqualTo(first);
    assertThat(attempts(scenario, "at,model\n1772000000,gpt\n1772003600,gpt\n")).isEqualTo(both);
  }

  private static long attempts(Scenario scenario, String log) throws BadScenario {
    var setting = Setting.replaying(scenario, RequestLog.read(log));
    return new Simulation(setting, () -> 0).play(Policies.ONE_BALANCE).sums().attempts();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0, false, 11000",
    "100, 1000, 0, true, 10910",
    "40, 960, 4, false, 10720",
    "500, 900, 1, false, 10350",
    "3000, 1000, 0, true, 8010",
    "12000, 1000, 0, true, -990",
  })
  void thebalance_scores_keys_as_it_did(
      long latency, long success, long failures, boolean recent, long score) {
    var row = new TheBalanceRow(1);
    var now = NOON_PACIFIC.toEpochMilli();
    row.served(latency, recent ? now : now - 300_000);
    row.latency = latency;
    row.success = success;
    row.failures = failures;
    assertThat(row.score(now)).isEqualTo(score);
  }

  @Test
  void a_success_rate_of_thebalance_never_comes_back() {
    var row = new TheBalanceRow(1);
    row.failed(1, 0);
    assertThat(row.success).isEqualTo(990);
    row.served(1, 0);
    assertThat(row.success).isEqualTo(990);
    row.success = 500;
    var steps = 0;
    for (var before = 0L; before != row.success; steps++) {
      before = row.success;
      row.served(1, 0);
    }
    assertThat(row.success).isEqualTo(901);
    assertThat(steps - 1).isEqualTo(208);
  }

  @Test
  void thebalance_tries_a_key_that_failed_five_times_once_an_hour() {
    var row = new TheBalanceRow(1);
    for (var i = 0; i < 5; i++) {
      row.failed(1, 1_000_000);
    }
    assertThat(row.isUsable(1_000_000 + 3_600_000)).isFalse();
    assertThat(row.isUsable(1_000_000 + 3_601_000)).isTrue();
  }

  @Test
  void thebalance_counts_a_rest_that_runs_only_once_in_its_table() {
    var row = new TheBalanceRow(2);
    row.cool(1, 0, 65_000);
    row.cool(1, 60_000, 65_000);
    assertThat(row.isCooling(65_000)).isFalse();
    assertThat(row.outUntil).isEqualTo(125_000);
  }
}
