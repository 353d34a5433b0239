package io.onebalance.relay.ask.hedge;

import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks for a request, and where the answer is slow to begin, a second place as well: the next leg
/// of the virtual model, or another key. Whoever begins first is passed on, the other is called off
/// at once. Only for models that the operator named, only for questions that may be asked twice,
/// and only so often as shares and budgets allow.
///
/// Not thread-safe: it belongs to one event loop.
public final class Hedging {
  /// Of more models than these the one not asked for the longest is forgotten.
  private static final int MOST = 64;

  private final Failover failover;
  private final Budgets budgets;
  private final Wheel wheel;
  private final InstantSource clock;
  private final Map<String, Pace> paces =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pace> eldest) {
          return size() > MOST;
        }
      };

  public Hedging(Failover failover, Budgets budgets, Wheel wheel, InstantSource clock) {
    this.failover = failover;
    this.budgets = budgets;
    this.wheel = wheel;
    this.clock = clock;
  }

  /// Runs the first of these errands, perhaps beside the next one.
  public Future<Asked> ask(Journey journey, List<Errand> errands) {
    var rules = journey.snapshot().hedging();
    var model = journey.draft().model();
    if (!rules.names(model) || !mayBeAskedTwice(journey.errand())) {
      return failover.ask(journey);
    }
    var pace = paces.computeIfAbsent(model, _ -> new Pace());
    if (journey.turn() == Journey.Turn.FIRST) {
      pace.requested(rules);
    }
    var patience = pace.patience(rules);
    var second = errands.size() > 1 ? errands.get(1) : journey.errand();
    var race = new Race(failover, pace, clock, journey);
    return patience.isEmpty() || !mayBeAskedTwice(second)
        ? race.alone()
        : race.run(start -> wheel.after(patience.get(), start), second, () -> mayAsk(pace, second));
  }

  private boolean mayAsk(Pace pace, Errand second) {
    return pace.isEarned()
        && budgets.of(second.provider().slug()).take(clock.instant())
        && pace.take();
  }

  private static boolean mayBeAskedTwice(Errand errand) {
    return errand.traits().repeatable()
        && errand.only().isEmpty()
        && errand.message().isReplayable()
        && !(errand.message().body() instanceof Body.Tunnel);
  }
}
