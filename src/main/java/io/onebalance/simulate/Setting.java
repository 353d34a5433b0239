package io.onebalance.simulate;

import io.onebalance.simulate.scenario.Load;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Arrivals;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.RandomArrivals;
import io.onebalance.simulate.world.ReplayedArrivals;
import io.onebalance.simulate.world.RequestLog;
import java.util.List;
import java.util.function.Supplier;

/// A scenario made ready to be played any number of times: its keys, the names of the models, and
/// the same arrivals each time.
public record Setting(
    Scenario scenario, Keyring keyring, List<String> models, Supplier<Arrivals> arrivals) {
  public Setting {
    models = List.copyOf(models);
  }

  public static Setting of(Scenario scenario) {
    var models = scenario.demand().loads().stream().map(Load::model).distinct().toList();
    return new Setting(
        scenario, Keyring.of(scenario), models, () -> new RandomArrivals(scenario, models));
  }

  /// The same keys with the requests of a log: those to the scenario's provider, or all where none
  /// went there. Time is as it was then.
  public static Setting replaying(Scenario scenario, RequestLog log) {
    var there =
        log.entries().stream()
            .filter(entry -> entry.provider().equals(scenario.provider().slug()))
            .toList();
    var played = there.isEmpty() ? log : new RequestLog(there);
    var models = played.entries().stream().map(RequestLog.Entry::model).distinct().toList();
    var start = played.entries().getFirst().at();
    var then = scenario.during(start, played.entries().getLast().at() - start + 1);
    return new Setting(
        then, Keyring.of(then), models, () -> new ReplayedArrivals(then, played, models));
  }
}
