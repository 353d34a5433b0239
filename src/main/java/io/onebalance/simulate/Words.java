package io.onebalance.simulate;

import io.onebalance.simulate.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/// Reports in words and numbers for people.
public final class Words {
  private static final double MICRO = 1000;

  private Words() {}

  /// A column for each report; the first row and the first column are words.
  public static List<List<String>> table(List<Report> reports, boolean timed) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("", reports, Report::policy));
    rows.add(row("requests", reports, report -> count(report.sums().arrived())));
    rows.add(row("possible", reports, report -> count(report.sums().possible())));
    rows.add(row("served", reports, report -> count(report.sums().served())));
    rows.add(row("failed", reports, report -> count(report.sums().failed())));
    rows.add(
        row("served of possible", reports, report -> percent(report.sums().servedOfPossible())));
    rows.add(
        row(
            "attempts per served",
            reports,
            report -> number(3, report.sums().attemptsPerServed())));
    rows.add(row("utilisation", reports, report -> percent(report.sums().utilisation())));
    rows.add(row("added latency p50", reports, report -> report.delay().p50() + " ms"));
    rows.add(row("added latency p99", reports, report -> report.delay().p99() + " ms"));
    rows.add(row("time in cooldown", reports, report -> percent(report.cooling())));
    if (timed) {
      rows.add(row("a choice", reports, report -> number(2, report.choiceNanos() / MICRO) + " µs"));
    }
    return rows;
  }

  /// A sentence for each time of trouble.
  public static List<String> trials(List<Report> reports) {
    var lines = new ArrayList<String>();
    for (var report : reports) {
      for (var trial : report.trials()) {
        lines.add(
            report.policy()
                + ": "
                + trial.fault().answer().name().toLowerCase(Locale.ROOT)
                + " for "
                + trial.fault().lasts() / 1000
                + " s: asked "
                + number(2, trial.askedPerArrived())
                + " times per request; afterwards "
                + trial.after().cooling()
                + " keys cooled and "
                + trial.after().blocked()
                + " were blocked (before: "
                + trial.before().cooling()
                + ", "
                + trial.before().blocked()
                + ")");
      }
    }
    return lines;
  }

  /// How many keys are needed.
  public static String need(Scenario scenario, double part, OptionalInt keys) {
    var served = "To serve " + percent(part) + " of the requests, ";
    return keys.isEmpty()
        ? served + "a million keys are too few."
        : served
            + count(keys.getAsInt())
            + " keys are needed; the scenario has "
            + count(scenario.keyCount())
            + ".";
  }

  public static String percent(double part) {
    return number(2, 100 * part) + " %";
  }

  public static String number(int digits, double number) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static List<String> row(
      String name, List<Report> reports, Function<Report, String> cell) {
    var row = new ArrayList<String>();
    row.add(name);
    reports.forEach(report -> row.add(cell.apply(report)));
    return row;
  }
}
