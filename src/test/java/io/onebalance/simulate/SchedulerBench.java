package io.onebalance.simulate;

import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.scenario.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Plays all scenarios of `docs/scenarios`.
public final class SchedulerBench {
  private SchedulerBench() {}

  public static void main(String[] arguments) throws Exception {
    for (var name : arguments) {
      var path = Path.of("docs/scenarios", name + ".yaml");
      var scenario = ScenarioFile.read(Files.readString(path));
      System.out.println(scenario.title());
      var simulation = new Simulation(Setting.of(scenario), System::nanoTime);
      for (var policy : List.of(Policies.values())) {
        var began = System.nanoTime();
        var report = simulation.play(policy);
        var sums = report.sums();
        System.out.println(
            String.format(
                Locale.ROOT,
                "%-12s arrived %d served %d failed %d att/served %.3f of possible %.4f util %.3f"
                    + " p50 %d p99 %d cooling %.3f choice %.0f ns, took %.1f s",
                report.policy(),
                sums.arrived(),
                sums.served(),
                sums.failed(),
                sums.attemptsPerServed(),
                sums.servedOfPossible(),
                sums.utilisation(),
                report.delay().p50(),
                report.delay().p99(),
                report.cooling(),
                report.choiceNanos(),
                (System.nanoTime() - began) / 1e9));
        report.trials().forEach(System.out::println);
      }
    }
  }
}
