package io.onebalance.served;

import io.onebalance.simulate.Report;
import io.onebalance.simulate.Report.Delay;
import io.onebalance.simulate.Report.Series;
import io.onebalance.simulate.Report.Sums;
import io.onebalance.simulate.Report.Trial;
import io.onebalance.simulate.policy.Dispatcher.States;
import io.onebalance.simulate.possible.Clairvoyant;
import io.onebalance.simulate.scenario.Fault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One scenario on real sockets: what came of it as the simulator would tell it, delays in real
/// milliseconds, how often what went wrong, by how many milliseconds the clients were held up, and
/// what the program says of the request that took longest of those that were served.
record ServedRun(String title, Report report, Map<String, Long> failed, long late, String slowest) {
  /// Until the first request, for the clients to be ready.
  private static final long READY = 500;

  static ServedRun of(String name) throws Exception {
    var truth = Truth.of(name);
    try (var sandbox = Sandboxed.playing(name);
        var gateway = Gateway.before(sandbox, truth);
        var load = new Clients(gateway.url());
        var watch = Executors.newSingleThreadScheduledExecutor()) {
      load.warmUp();
      var lens = Lens.after(Clock.systemUTC().millis() + READY, truth);
      sandbox.begin(lens);
      var stands = stands(truth, lens, gateway, watch);
      load.play(truth, lens);
      return new ServedRun(
          truth.scenario().title(),
          report(truth, load, sandbox.told(), stands),
          load.failed(),
          load.late(0.99),
          load.slowest());
    }
  }

  /// How the keys stand at the beginning and the end of each time of trouble.
  private static List<ScheduledFuture<States>> stands(
      Truth truth, Lens lens, Gateway gateway, ScheduledExecutorService watch) {
    var stands = new ArrayList<ScheduledFuture<States>>();
    for (var fault : truth.scenario().provider().faults()) {
      for (var at : List.of(fault.from(), fault.from() + fault.lasts())) {
        var real = lens.shown(lens.from() + at) - Clock.systemUTC().millis();
        stands.add(watch.schedule(gateway::states, real, TimeUnit.MILLISECONDS));
      }
    }
    return stands;
  }

  private static Report report(
      Truth truth, Clients load, Sandboxed.Told told, List<ScheduledFuture<States>> stands)
      throws Exception {
    var scenario = truth.scenario();
    var sent = load.sent().iterator();
    var models = truth.models().size();
    var possible =
        Clairvoyant.served(
            scenario, truth.keyring(), models, () -> sent.hasNext() ? sent.next() : null);
    var sums =
        new Sums(
            load.sent().size(),
            load.served(),
            load.sent().size() - load.served(),
            told.asked(),
            Arrays.stream(possible).sum(),
            Clairvoyant.ceiling(scenario, truth.keyring(), models));
    var trials = new ArrayList<Trial>();
    for (var i = 0; i < scenario.provider().faults().size(); i++) {
      var fault = scenario.provider().faults().get(i);
      trials.add(
          new Trial(
              fault,
              arrived(truth, load, fault),
              told.marks().get(2 * i + 1) - told.marks().get(2 * i),
              stands.get(2 * i).get(),
              stands.get(2 * i + 1).get()));
    }
    var answer = truth.answerMillis();
    var delay =
        new Delay(Math.max(0, load.took(0.5) - answer), Math.max(0, load.took(0.99) - answer));
    return new Report("served", sums, delay, 0, 0, new Series(List.of()), trials);
  }

  private static long arrived(Truth truth, Clients load, Fault fault) {
    var start = truth.scenario().timing().start();
    return load.sent().stream().filter(request -> fault.runs(request.at() - start)).count();
  }
}
