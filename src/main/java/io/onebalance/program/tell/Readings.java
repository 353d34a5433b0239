package io.onebalance.program.tell;

import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.metrics.Moment;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.relay.Load;
import io.onebalance.relay.Relay;
import io.onebalance.relay.exchange.UnderWay;
import io.onebalance.store.history.HistoryWriter;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/// Looks at keys, relays and the ledger when somebody asks for metrics. May wait for the event
/// loops, so not to be called on one.
public record Readings(
    Pools pools,
    UnderWay underWay,
    List<Relay> relays,
    HistoryWriter written,
    InstantSource clock) {
  /// A loop that takes longer is told as if it had come by now.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  Moment moment() {
    var now = clock.instant();
    var all = pools.all();
    var keys = all.entrySet().stream().map(of -> keys(of.getKey(), of.getValue(), now)).toList();
    var left =
        all.entrySet().stream()
            .flatMap(of -> left(of.getKey(), of.getValue(), now).stream())
            .toList();
    var ledger = new Moment.Ledger(written.waiting(), written.unlogged());
    return new Moment(keys, left, flow(), ledger, LossyAppender.allDropped());
  }

  private static Moment.Keys keys(String provider, Pool pool, Instant now) {
    var counts = pool.counts(now);
    return new Moment.Keys(
        provider,
        counts.active(),
        counts.cooling(),
        counts.setAside(),
        counts.blocked(),
        pool.inFlight());
  }

  private static List<Moment.Left> left(String provider, Pool pool, Instant now) {
    var sums = new HashMap<String, Long>();
    for (var key : pool.keys()) {
      least(pool.limits().allowances(key.id(), now).values())
          .forEach((limit, amount) -> sums.merge(limit, amount, Long::sum));
    }
    return sums.entrySet().stream()
        .map(limit -> new Moment.Left(provider, limit.getKey(), limit.getValue()))
        .toList();
  }

  /// Models of a key may share a limit, so what they tell of it is not added up.
  private static Map<String, Long> least(Collection<List<Allowance>> byModel) {
    var least = new HashMap<String, Long>();
    byModel.forEach(told ->
        told.forEach(allowance -> least.merge(allowance.id(), allowance.remaining(), Math::min)));
    return least;
  }

  private Moment.Flow flow() {
    var loads = relays.stream().map(Relay::load).toList();
    return new Moment.Flow(
        underWay.all(),
        sum(loads, Load::resting),
        sum(loads, Load::answers),
        sum(loads, Load::sockets),
        delay());
  }

  private static long sum(List<Load> loads, ToIntFunction<Load> part) {
    return loads.stream().mapToLong(part::applyAsInt).sum();
  }

  /// Until the last of the event loops came to what was asked of it.
  private Duration delay() {
    var asked = clock.instant();
    Future.join(relays.stream().map(Relay::turn).toList())
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .transform(_ -> Future.succeededFuture())
        .await();
    var took = Duration.between(asked, clock.instant());
    return took.isNegative() ? Duration.ZERO : took;
  }
}
