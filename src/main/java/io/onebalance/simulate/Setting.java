package io.onebalance.simulate;

import io.onebalance.simulate.scenario.Load;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Arrivals;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.RandomArrivals;
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
}
