package io.onebalance.relay.ask;

import io.onebalance.key.pool.Pools;
import io.onebalance.relay.ask.again.Again;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.ask.once.Asking;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.ask.trail.Ways;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks one key after another until one answers, none is left, time is over or the client leaves.
public final class Failover {
  private final Pools pools;
  private final Budgets budgets;
  private final InLine line;
  private final Rests rests;
  private final Run.Means means;

  public Failover(
      Pools pools,
      Asking asking,
      Budgets budgets,
      GatewayRoad road,
      InLine line,
      Wheel wheel,
      InstantSource clock,
      RandomGenerator chance) {
    this.pools = pools;
    this.budgets = budgets;
    this.line = line;
    this.rests = new Rests(wheel);
    this.means = new Run.Means(asking, new Again(budgets, clock, chance), road, line, rests, clock);
  }

  /// Runs one errand. Afterwards no key is left set aside by this request.
  public Future<Asked> ask(Journey journey) {
    return start(journey).done();
  }

  /// As [#ask], on a way that another may join.
  public Racing start(Journey journey) {
    return start(journey, Optional.empty());
  }

  /// As [#start(Journey)], at the same time as another way of the same request. Where both ask the
  /// same keys for the same, none is asked on both.
  public Racing startBeside(Racing other, Journey journey) {
    return start(journey, other instanceof Run run ? run.shared(journey) : Optional.empty());
  }

  private Racing start(Journey journey, Optional<Ways> shared) {
    var slug = journey.errand().provider().slug();
    var pool = pools.known(slug);
    if (pool.isEmpty()) {
      var none = Refusal.noKeys(slug, "no key of this provider is stored");
      var ending = new Ending.Exhausted(none);
      return new Racing.Over(new Asked(journey.errand(), ending, Trail.NONE));
    }
    if (journey.turn() != Journey.Turn.AGAIN) {
      budgets.of(slug).requested();
    }
    var run = new Run(means, journey, pool.get(), shared);
    run.next();
    return run;
  }

  /// How many requests wait for a key now, or before they ask again. From any thread.
  public int resting() {
    return rests.resting() + line.waiting();
  }
}
