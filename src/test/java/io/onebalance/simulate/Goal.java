package io.onebalance.simulate;

import io.onebalance.simulate.scenario.BadScenario;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What our policy must reach in a scenario of `docs/scenarios`: at most so many attempts for each
/// request that is served, and at least this part of what was possible.
public record Goal(String name, double attempts, double part) {
  static final List<Goal> ALL =
      List.of(
          new Goal("steady-60", 1.01, 0.999),
          new Goal("steady-90", 1.01, 0.999),
          new Goal("steady-90-bare", 1.01, 0.999),
          new Goal("steady-90-headers", 1.01, 0.999),
          new Goal("steady-100", 1.01, 0.99),
          new Goal("over-120", 1.02, 0.99),
          new Goal("over-200", 1.02, 0.99),
          new Goal("concurrent-bare", 1.02, 0.99),
          new Goal("concurrent-told", 1.02, 0.99),
          new Goal("concurrent-and-minute", 1.03, 0.97),
          new Goal("clock-minute", 1.01, 0.999),
          new Goal("clock-minute-told", 1.01, 0.999),
          new Goal("few-keys", 1.02, 0.98),
          new Goal("daily-rhythm", 1.03, 0.99),
          new Goal("projects-bare", 1.03, 0.98),
          new Goal("projects-retry-after", 1.03, 0.99),
          new Goal("day-untold", 1.03, 0.995),
          new Goal("day-quota", 1.02, 0.995),
          new Goal("shared-projects", 1.03, 0.98),
          new Goal("one-address", 1.10, 0.98),
          new Goal("tokens", 1.05, 0.95),
          new Goal("tokens-bare", 1.05, 0.98),
          new Goal("tokens-and-requests-bare", 1.05, 0.95),
          new Goal("mixed", 1.03, 0.99),
          new Goal("whims", 1.03, 0.999),
          new Goal("whims-bare", 1.03, 0.999),
          new Goal("brownout", 1.10, 0.99),
          new Goal("changing-limits", 1.05, 0.97),
          new Goal("four-instances", 1.05, 0.97));

  /// What the running server must reach on real sockets in shortened windows, and the simulator as
  /// well.
  public static final List<Goal> SERVED =
      List.of(
          new Goal("steady-60", 1.01, 0.999),
          new Goal("steady-90", 1.01, 0.999),
          new Goal("steady-100", 1.01, 0.99),
          new Goal("over-120", 1.02, 0.99),
          new Goal("over-200", 1.02, 0.99),
          new Goal("short-day", 1.02, 0.995),
          new Goal("shared-projects", 1.03, 0.98),
          new Goal("short-mixed", 1.03, 0.99),
          new Goal("short-brownout", 1.10, 0.80),
          new Goal("short-changing-limits", 1.05, 0.97));

  /// In time of trouble, askings for each request that comes.
  static final double TRIAL = 1.10;

  static Optional<Goal> of(String name) {
    return Stream.concat(ALL.stream(), SERVED.stream())
        .filter(goal -> goal.name().equals(name))
        .findFirst();
  }

  static Scenario scenario(String name) throws IOException, BadScenario {
    return ScenarioFile.read(Files.readString(Path.of("docs/scenarios", name + ".yaml")));
  }

  Scenario scenario() throws IOException, BadScenario {
    return scenario(name);
  }

  public boolean isReached(Report report) {
    return report.sums().attemptsPerServed() <= attempts
        && report.sums().servedOfPossible() >= part
        && report.trials().stream().allMatch(Goal::isPassed);
  }

  private static boolean isPassed(Report.Trial trial) {
    return trial.askedPerArrived() <= TRIAL
        && trial.after().cooling() == 0
        && trial.after().blocked() == 0;
  }
}
