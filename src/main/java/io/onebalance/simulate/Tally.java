package io.onebalance.simulate;

import io.onebalance.simulate.Report.Delay;
import io.onebalance.simulate.Report.Minute;
import io.onebalance.simulate.Report.Series;
import io.onebalance.simulate.Report.Sums;
import io.onebalance.simulate.Report.Trial;
import io.onebalance.simulate.policy.Dispatcher.States;
import io.onebalance.simulate.scenario.Fault;
import io.onebalance.simulate.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Counts while a scenario is played, by the minute since its start. What happens after the end
/// counts to the last minute.
final class Tally {
  private static final long MINUTE = 60_000;

  private final Scenario scenario;
  private final Delays delays = new Delays();
  private final List<Trial> trials = new ArrayList<>();
  private final int[] arrived;
  private final int[] served;
  private final int[] failed;
  private final int[] asked;
  private final States[] states;
  private long choiceNanos;
  private long choices;

  Tally(Scenario scenario) {
    this.scenario = scenario;
    var minutes = (int) ((scenario.timing().duration() + MINUTE - 1) / MINUTE);
    arrived = new int[minutes];
    served = new int[minutes];
    failed = new int[minutes];
    asked = new int[minutes];
    states = new States[minutes];
  }

  void arrived(long now) {
    arrived[minute(now)]++;
  }

  void asked(long now) {
    asked[minute(now)]++;
  }

  void served(long now, long added) {
    served[minute(now)]++;
    delays.add(added);
  }

  void failed(long now) {
    failed[minute(now)]++;
  }

  void sample(long now, States stand) {
    states[minute(now)] = stand;
  }

  void chose(long nanos) {
    choices++;
    choiceNanos += nanos;
  }

  void before(Fault fault, States stand) {
    trials.add(new Trial(fault, -sum(arrived), -sum(asked), stand, stand));
  }

  void after(Fault fault, States stand) {
    trials.replaceAll(trial -> trial.fault().equals(fault) ? ended(trial, stand) : trial);
  }

  private Trial ended(Trial trial, States stand) {
    return new Trial(
        trial.fault(),
        trial.arrived() + sum(arrived),
        trial.asked() + sum(asked),
        trial.before(),
        stand);
  }

  /// Which part of the requests was served.
  double servedPart() {
    return (double) sum(served) / Math.max(1, sum(arrived));
  }

  /// `possible` is by the minute, as everything here.
  Report report(String policy, long[] possible, long ceiling) {
    var sums =
        new Sums(
            sum(arrived),
            sum(served),
            sum(failed),
            sum(asked),
            Arrays.stream(possible).sum(),
            ceiling);
    var delay = new Delay(delays.quantile(0.5), delays.quantile(0.99));
    return new Report(
        policy,
        sums,
        delay,
        cooling(),
        (double) choiceNanos / Math.max(1, choices),
        series(possible),
        trials);
  }

  private double cooling() {
    return Arrays.stream(states)
        .mapToDouble(stand -> (double) stand.cooling() / Math.max(1, stand.total()))
        .average()
        .orElse(0);
  }

  private Series series(long[] possible) {
    var minutes = new ArrayList<Minute>(served.length);
    for (var i = 0; i < served.length; i++) {
      minutes.add(new Minute(arrived[i], served[i], failed[i], asked[i], possible[i], states[i]));
    }
    return new Series(minutes);
  }

  private static long sum(int[] counts) {
    var sum = 0L;
    for (var count : counts) {
      sum += count;
    }
    return sum;
  }

  private int minute(long now) {
    return (int) Math.min(served.length - 1, (now - scenario.timing().start()) / MINUTE);
  }
}
