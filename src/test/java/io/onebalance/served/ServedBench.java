package io.onebalance.served;

import io.onebalance.PageSection;
import io.onebalance.simulate.Goal;
import io.onebalance.simulate.Report;
import io.onebalance.simulate.Words;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Plays scenarios with the real program on real sockets (`./dev bench served [NAME...]`) and
/// writes what came of them into its section of `docs/scheduling-results.md`; with names, only
/// prints those. Ends with 1 where one misses what is asked by more than the tolerance.
final class ServedBench {
  /// What is asked is asked of a day without any delay. Here half an hour has to pay for what it
  /// costs to find out the limits, and a stall of these few cores by 64 ms is two seconds of the
  /// scenario: so much more may be asked, and so much of what was possible may be missed.
  private static final double MORE_ATTEMPTS = 0.02;

  private static final double LESS_SERVED = 0.02;

  private static final PageSection SECTION =
      new PageSection(Path.of("docs/scheduling-results.md"), "served");

  private ServedBench() {}

  static void main(String[] arguments) throws Exception {
    var names = List.of(arguments);
    var goals =
        Goal.SERVED.stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
    if (goals.size() < names.size()) {
      throw new IllegalArgumentException(
          "there is one that is none of: "
              + Goal.SERVED.stream().map(Goal::name).collect(Collectors.joining(", ")));
    }
    var rows = new ArrayList<String>();
    var missed = new ArrayList<String>();
    for (var goal : goals) {
      var run = ServedRun.of(goal.name());
      row(goal, run)
          .forEach(line -> {
            System.out.println(line);
            rows.add(line);
          });
      if (!nearly(goal).isReached(run.report())) {
        System.out.println("The explained request that took longest: " + run.slowest());
        missed.add(goal.name());
      }
    }
    if (names.isEmpty()) {
      SECTION.write(section(rows));
    }
    missed.forEach(name -> System.out.println("missed: " + name));
    System.exit(missed.isEmpty() ? 0 : 1);
  }

  private static Goal nearly(Goal goal) {
    return new Goal(goal.name(), goal.attempts() + MORE_ATTEMPTS, goal.part() - LESS_SERVED);
  }

  private static List<String> row(Goal goal, ServedRun run) {
    var sums = run.report().sums();
    var lines = new ArrayList<String>();
    lines.add(
        "| %s | %,d | %s | %s | %s | %s | %s | %d ms | %d ms | %d ms | %s |"
            .formatted(
                run.title(),
                sums.arrived(),
                Words.number(3, sums.attemptsPerServed()),
                Words.number(2, goal.attempts()),
                Words.percent(sums.servedOfPossible()),
                Words.percent(goal.part()),
                failed(run),
                run.report().delay().p50(),
                run.report().delay().p99(),
                run.late(),
                reached(goal, run.report())));
    Words.trials(List.of(run.report())).forEach(line -> lines.add("| … " + line + " |||||||||||"));
    return lines;
  }

  private static String failed(ServedRun run) {
    return run.failed().isEmpty()
        ? "none"
        : run.failed().entrySet().stream()
            .map(kind -> "%,d × %s".formatted(kind.getValue(), kind.getKey()))
            .collect(Collectors.joining("; "));
  }

  private static String reached(Goal goal, Report report) {
    if (goal.isReached(report)) {
      return "yes";
    }
    return nearly(goal).isReached(report) ? "within the tolerance" : "**no**";
  }

  private static String section(List<String> rows) {
    return """
    ## On the running server

    Written by `./dev bench served`, %tF: the program and the sandbox in processes of their own, clients on real sockets, %d cores for all of them. A minute
    takes two seconds, a day one minute, and a request waits for a key for a third of a second at most; an answer takes 93 ms. Half an hour of
    each scenario (four where keys share what they may do, which takes as long to find out), or all of a shorter one, with two fifths of its keys and its load. Minutes end with the clock, as the pretended Gemini's do, which `windows` of its entry tells the gateway; limits it has to
    find out. What was possible is computed as for the simulator, from the moments at which requests were truly sent. The asked
    values are those of whole days: %s more attempts and %s less of what was possible are tolerated, for half an hour has to pay for finding out the limits, and a
    stall by 64 ms is two seconds of a scenario. Added latency is real time, beyond the 93 ms; late is by how much the clients
    themselves were held up, which tells whether the machine was too small. What the gateway rests for after failures of a provider (one to twenty seconds) is real
    time, too, so that ten minutes of them, twenty seconds here, cost more than they would.

    | Scenario | requests | attempts per served | asked | served of what was possible | asked | failed | added p50 | added p99 | late p99 | reached |
    |---|---|---|---|---|---|---|---|---|---|---|
    %s
    """
        .formatted(
            Clock.systemUTC().millis(),
            Runtime.getRuntime().availableProcessors(),
            Words.number(2, MORE_ATTEMPTS),
            Words.percent(LESS_SERVED),
            String.join("\n", rows));
  }
}
