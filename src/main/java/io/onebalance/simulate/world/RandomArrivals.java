package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.Load;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.Spread;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Requests that come at random (Poisson), as often as the loads say.
public final class RandomArrivals implements Arrivals {
  private static final long SALT = 0x6c6f_6164L;

  private final Scenario scenario;
  private final List<String> models;
  private final SplittableRandom chance;
  private final double[] next;
  private long number;

  public RandomArrivals(Scenario scenario, List<String> models) {
    this.scenario = scenario;
    this.models = models;
    chance = new SplittableRandom(scenario.seed() ^ SALT);
    next = new double[scenario.demand().loads().size()];
    for (var i = 0; i < next.length; i++) {
      next[i] = after(load(i), (double) load(i).from());
    }
  }

  @Override
  public @Nullable Request next() {
    var soonest = 0;
    for (var i = 1; i < next.length; i++) {
      soonest = next[i] < next[soonest] ? i : soonest;
    }
    var since = next[soonest];
    if (since >= scenario.timing().duration()) {
      return null;
    }
    next[soonest] = after(load(soonest), since);
    return request((long) since, models.indexOf(load(soonest).model()));
  }

  private Load load(int i) {
    return scenario.demand().loads().get(i);
  }

  /// The next moment after this one: candidates at the highest rate, each kept with the part that
  /// the rate of its moment is of the highest.
  private double after(Load load, double since) {
    var most = load.highestRate();
    var end = Math.min(load.to(), scenario.timing().duration());
    var at = since;
    do {
      at += most > 0 ? -Math.log1p(-chance.nextDouble()) / most : Double.POSITIVE_INFINITY;
    } while (at < end && chance.nextDouble() * most >= load.rate((long) at));
    return at < end ? at : Double.POSITIVE_INFINITY;
  }

  private Request request(long since, int model) {
    var demand = scenario.demand();
    var provider = scenario.provider();
    return new Request(
        number++,
        scenario.timing().start() + since,
        model,
        chance.nextInt(demand.gatewayKeys()),
        drawn(demand.input()),
        drawn(demand.output()),
        drawn(provider.first()),
        drawn(provider.rest()));
  }

  private long drawn(Spread spread) {
    return Math.round(spread.next(chance));
  }
}
