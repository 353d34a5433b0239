package io.onebalance;

import io.onebalance.cli.Simulating;
import io.onebalance.simulate.Report;
import io.onebalance.simulate.Setting;
import io.onebalance.simulate.Simulation;
import io.onebalance.simulate.Words;
import io.onebalance.simulate.chart.Chart;
import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.scenario.BadScenario;
import io.onebalance.simulate.scenario.ScenarioFile;
import io.onebalance.simulate.world.RequestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Plays scenarios for the verb `simulate`.
final class VirtualDays implements Simulating {
  private final LongSupplier nanos;

  /// `nanos` tells the time outside, for what a choice takes.
  VirtualDays(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public Told simulate(Wish wish) throws Unfit {
    try {
      var setting = setting(wish);
      var simulation = new Simulation(setting, nanos);
      var reports = new ArrayList<Report>();
      for (var word : wish.policies()) {
        reports.add(simulation.play(policy(word)));
      }
      var remarks = new ArrayList<>(Words.trials(reports));
      wish.need().ifPresent(part -> remarks.add(need(setting, part)));
      var table = Words.table(reports, wish.timed());
      return new Told(table, remarks, picture(wish.picture(), setting, reports));
    } catch (BadScenario bad) {
      throw new Unfit(String.valueOf(bad.getMessage()));
    }
  }

  private static Setting setting(Wish wish) throws BadScenario {
    var read = ScenarioFile.read(wish.scenario(), wish.replay().isEmpty());
    var scenario = wish.seed().isPresent() ? read.with(wish.seed().getAsLong()) : read;
    return wish.replay().isEmpty()
        ? Setting.of(scenario)
        : Setting.replaying(scenario, RequestLog.read(wish.replay().get()));
  }

  private static Policies policy(String word) throws Unfit {
    return Policies.named(word)
        .orElseThrow(() ->
            new Unfit("--policy is " + word + "; allowed: " + String.join(", ", Policies.words())));
  }

  private String need(Setting setting, double part) {
    return Words.need(setting.scenario(), part, Simulation.need(setting, part, nanos));
  }

  private static String picture(Picture picture, Setting setting, List<Report> reports) {
    var chart = new Chart(setting.scenario().title(), reports);
    return switch (picture) {
      case NONE -> "";
      case SVG -> chart.svg();
      case HTML -> chart.html();
    };
  }
}
