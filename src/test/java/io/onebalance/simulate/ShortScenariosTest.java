package io.onebalance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.scenario.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scenarios of the documentation, minutes long, with the bounds of the whole day.
class ShortScenariosTest {
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steady-60",
        "steady-90",
        "steady-90-bare",
        "steady-90-headers",
        "steady-100",
        "over-120",
        "over-200",
        "mixed",
        "concurrent-bare",
        "concurrent-told",
        "concurrent-and-minute",
        "daily-rhythm",
        "four-instances"
      })
  void our_policy_reaches_the_goals(String name) throws Exception {
    var goal = goal(name);
    var scenario = goal.scenario();
    check(
        goal,
        new Simulation(Setting.of(scenario.during(scenario.timing().start(), 40 * MINUTE)), () -> 0)
            .play(Policies.OURS));
  }

  @Test
  void twice_the_quota_of_a_day_is_spent_to_the_end() throws Exception {
    var goal = goal("day-quota");
    check(goal, new Simulation(Setting.of(goal.scenario()), () -> 0).play(Policies.OURS));
  }

  /// Within minutes not all limits are found, which costs attempts; but no key is left behind.
  @Test
  void keys_that_lack_tokens_for_one_request_are_used_for_others() throws Exception {
    var scenario = Goal.scenario("tokens");
    var report =
        new Simulation(Setting.of(scenario.during(scenario.timing().start(), 20 * MINUTE)), () -> 0)
            .play(Policies.OURS);
    assertThat(report.sums().servedOfPossible()).isGreaterThan(0.98);
  }

  @Test
  void limits_that_change_unannounced_are_found() throws Exception {
    var text =
        Files.readString(Path.of("docs/scenarios/changing-limits.yaml"))
            .replace("at: 8h", "at: 30m")
            .replace("at: 16h", "at: 60m");
    var scenario = ScenarioFile.read("duration: 120m\n" + text);
    check(
        goal("changing-limits"), new Simulation(Setting.of(scenario), () -> 0).play(Policies.OURS));
  }

  @Test
  void a_brownout_of_the_provider_harms_no_key() throws Exception {
    var text = Files.readString(Path.of("docs/scenarios/brownout.yaml")).replace("12h", "20m");
    var scenario = ScenarioFile.read("duration: 40m\n" + text);
    check(goal("brownout"), new Simulation(Setting.of(scenario), () -> 0).play(Policies.OURS));
  }

  private static Goal goal(String name) {
    return Goal.ALL.stream().filter(goal -> goal.name().equals(name)).findFirst().orElseThrow();
  }

  private static void check(Goal goal, Report report) {
    assertThat(goal.isReached(report))
        .as("%s: %s, %s", goal, report.sums(), report.trials())
        .isTrue();
  }
}
