package io.onebalance.relay.plan;

import io.onebalance.access.Grant;
import io.onebalance.http.Fields;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.plan.compat.CompatPlan;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.relay.translate.Concession;
import io.onebalance.route.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/// Finds out what a request asks for, and of whom.
public final class Planner {
  /// Larger bodies are read through on a worker: a megabyte takes longer than others should wait.
  private static final int LARGE = 256 << 10;

  private final Vertx vertx;
  private final Remembered remembered;
  private final InstantSource clock;
  private final SplittableRandom chance;

  public Planner(Vertx vertx, Remembered remembered, InstantSource clock, SplittableRandom chance) {
    this.vertx = vertx;
    this.remembered = remembered;
    this.clock = clock;
    this.chance = chance;
  }

  /// Why this caller may not ask for this, as far as the head of the request tells.
  public static Optional<Refusal> objection(
      Snapshot snapshot, Grant grant, Endpoint endpoint, Fields fields) {
    return switch (endpoint) {
      case Endpoint.Native asked -> NativePlan.objection(snapshot, grant, asked, fields);
      case Endpoint.Compat _ -> Optional.empty();
      case Endpoint.NotFound(var reason, var why) ->
          Optional.of(Refusal.unserved(reason.status(), why));
    };
  }

  /// A large body is read through beside others: which of them is ready first does not matter.
  public Future<Planned> plan(Exchange exchange) {
    if (!isLarge(exchange)) {
      return Future.succeededFuture(noted(exchange, planned(exchange, chance)));
    }
    var ofItsOwn = chance.split();
    return beside(() -> planned(exchange, ofItsOwn)).map(found -> noted(exchange, found));
  }

  private static Planned noted(Exchange exchange, Planned found) {
    exchange.client().noteWish();
    return found;
  }

  /// The errand without what its provider refused, written anew; empty where that would be the same
  /// once more.
  public Future<Optional<Errand>> modestly(
      Exchange exchange, Errand errand, Concession concession) {
    return isLarge(exchange)
        ? beside(() -> errand.without(concession))
        : Future.succeededFuture(errand.without(concession));
  }

  private static boolean isLarge(Exchange exchange) {
    return exchange.known().length() > LARGE;
  }

  private <T> Future<T> beside(Callable<T> work) {
    return vertx.executeBlocking(work, false).map(Objects::requireNonNull);
  }

  private Planned planned(Exchange exchange, RandomGenerator chance) {
    return switch (exchange.endpoint()) {
      case Endpoint.Native asked -> new NativePlan(exchange, asked, remembered.belongings()).plan();
      case Endpoint.Compat(var call, _) ->
          CompatPlan.of(exchange, call, remembered, clock.instant()).plan(chance);
      case Endpoint.NotFound(var reason, var why) ->
          new Planned.Refused(Refusal.unserved(reason.status(), why));
    };
  }
}
