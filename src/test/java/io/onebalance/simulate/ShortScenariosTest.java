package io.onebalance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.policy.Policies;
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
        "whims",
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

  /// Until it is found that all share it, which costs attempts: whoever tries the next key after
  /// each refusal needs two and more for each that is served.
  @Test
  void keys_behind_one_address_that_is_limited_are_found() throws Exception {
    var scenario = Goal.scenario("one-address");
    var sums =
        new Simulation(Setting.of(scenario.during(scenario.timing().start(), 40 * MINUTE)), () -> 0)
            .play(Policies.OURS)
            .sums();
    assertThat(sums.attemptsPerServed()).isLessThan(1.2);
    assertThat(sums.servedOfPossible()).isGreaterThan(0.95);
  }

  /// The day, the limits that change unannounced, and the brownout, which harms no key.
  @ParameterizedTest
  @ValueSource(strings = {"short-day", "short-mixed", "short-brownout", "short-changing-limits"})
  void what_the_running_server_must_reach_the_simulator_reaches(String name) throws Exception {
    var goal = goal(name);
    var scenario = goal.scenario();
    var report = new Simulation(Setting.of(scenario), () -> 0).play(Policies.OURS);
    check(goal, report);
    assertThat(report.trials()).hasSameSizeAs(scenario.provider().faults());
  }

  private static Goal goal(String name) {
    return Goal.of(name).orElseThrow();
  }

  private static void check(Goal goal, Report report) {
    assertThat(goal.isReached(report))
        .as("%s: %s, %s", goal, report.sums(), report.trials())
        .isTrue();
  }
}
