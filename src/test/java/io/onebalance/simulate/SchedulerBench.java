package io.onebalance.simulate;

import io.onebalance.PageSection;
import io.onebalance.simulate.chart.Chart;
import io.onebalance.simulate.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Plays the scenarios of `docs/scenarios` and writes what came of them to
/// `docs/scheduling-results.md`, with pictures of some. With names of scenarios, only prints those.
/// Ends with 1 where one misses what it must reach.
public final class SchedulerBench {
  /// What a choice may take among a million keys, in microseconds, and how much more than among
  /// ten.
  private static final double MOST_MICROS = 2;

  private static final double MOST_RATIO = 2;
  private static final PageSection RESULTS =
      new PageSection(Path.of("docs/scheduling-results.md"), "scheduler");
  private static final Set<String> PICTURES =
      Set.of("opening-100", "steady-100", "day-quota", "shared-projects", "changing-limits");

  private static final List<String> MISSES = new ArrayList<>();

  private SchedulerBench() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      for (var name : arguments) {
        var reports = play(name, Set.of(Policies.OURS));
        Words.table(reports, true).forEach(System.out::println);
        Words.trials(reports).forEach(System.out::println);
        Goal.of(name).ifPresent(goal -> judge(goal, reports.getFirst()));
      }
    } else {
      RESULTS.write(results());
    }
    MISSES.forEach(miss -> System.out.println("missed: " + miss));
    System.exit(MISSES.isEmpty() ? 0 : 1);
  }

  private static boolean judge(Goal goal, Report report) {
    if (!goal.isReached(report)) {
      MISSES.add(goal.name());
    }
    return goal.isReached(report);
  }

  private static String results() throws Exception {
    var text = new StringBuilder();
    text.append("Written by `./dev bench scheduler`; 24 virtual hours each, seed 1.\n\n");
    text.append("| Scenario | attempts per served | allowed | served of what was possible |");
    text.append(
        " at least | added p99 | in cooldown | reached |\n|---|---|---|---|---|---|---|---|\n");
    for (var goal : Goal.ALL) {
      var report = play(goal.name(), Set.of(Policies.OURS)).getFirst();
      text.append(row(goal, report, judge(goal, report)));
      Words.trials(List.of(report))
          .forEach(line -> text.append("| … ").append(line).append(" |||||||\n"));
    }
    text.append("\n## Beside other policies\n\n");
    text.append("Two hours, 50 keys of 10 requests a minute.\n\n");
    text.append("| Load | policy | attempts per served | failed | served of what was possible |\n");
    text.append("|---|---|---|---|---|\n");
    for (var load : List.of("60", "100")) {
      for (var report : play("opening-" + load, EnumSet.allOf(Policies.class))) {
        text.append(beside(load, report));
      }
    }
    return text.append("\n## A million keys\n\n").append(sizes()).toString();
  }

  private static String row(Goal goal, Report report, boolean reached) throws Exception {
    var sums = report.sums();
    return "| %s | %s | %s | %s | %s | %d ms | %s | %s |\n"
        .formatted(
            goal.scenario().title(),
            Words.number(3, sums.attemptsPerServed()),
            Words.number(2, goal.attempts()),
            Words.percent(sums.servedOfPossible()),
            Words.percent(goal.part()),
            report.delay().p99(),
            Words.percent(report.cooling()),
            reached ? "yes" : "**no**");
  }

  private static String beside(String load, Report report) {
    var sums = report.sums();
    return "| %s %% | %s | %s | %s | %s |\n"
        .formatted(
            load,
            report.policy(),
            Words.number(2, sums.attemptsPerServed()),
            Words.percent((double) sums.failed() / sums.arrived()),
            Words.percent(sums.servedOfPossible()));
  }

  /// The smaller pool is played twice, so that neither figure is of code that was not compiled yet.
  private static String sizes() throws Exception {
    play("ten-keys", Set.of(Policies.OURS));
    var few = play("ten-keys", Set.of(Policies.OURS)).getFirst().choiceNanos() / 1000;
    var many = play("million-keys", Set.of(Policies.OURS)).getFirst().choiceNanos() / 1000;
    if (many > MOST_MICROS || many / few > MOST_RATIO) {
      MISSES.add("a choice among a million keys");
    }
    return "A choice among a million keys took %s µs, among ten %s µs (ratio %s), at 50,000 requests a\nsecond of virtual time. Asked: at most %s µs and a ratio of %s.\n"
        .formatted(
            Words.number(2, many),
            Words.number(2, few),
            Words.number(2, many / few),
            Words.number(0, MOST_MICROS),
            Words.number(0, MOST_RATIO));
  }

  private static List<Report> play(String name, Set<Policies> policies) throws Exception {
    var scenario = Goal.scenario(name);
    System.out.println(name + ": " + scenario.title());
    var simulation = new Simulation(Setting.of(scenario), System::nanoTime);
    var reports = new ArrayList<Report>();
    for (var policy : policies) {
      reports.add(simulation.play(policy));
    }
    paint(name, new Chart(scenario.title(), reports));
    return reports;
  }

  private static void paint(String name, Chart chart) throws IOException {
    if (PICTURES.contains(name)) {
      Files.createDirectories(Path.of("docs/scheduling"));
      Files.writeString(Path.of("docs/scheduling", name + ".svg"), chart.svg());
    }
  }
}
