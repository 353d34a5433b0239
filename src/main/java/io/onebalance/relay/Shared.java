package io.onebalance.relay;

import io.onebalance.key.pool.Pools;
import io.onebalance.key.queue.Lines;
import io.onebalance.key.why.Whys;
import io.onebalance.proof.Notary;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.cache.Answers;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.Turnstile;
import io.onebalance.relay.exchange.note.Ledger;
import io.onebalance.relay.exchange.note.Origins;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.upstream.Reach;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// What the relays of all event loops have in common. `ledger` is told of every request that is
/// over, on its event loop, and must not wait; `whys` remembers why keys were chosen; `origins` is
/// there while somebody traces requests.
public record Shared(
    Supplier<Snapshot> snapshots,
    Pools pools,
    Lines lines,
    Budgets budgets,
    Turnstile turnstile,
    Room room,
    Answers answers,
    GatewayRoad gatewayRoad,
    Remembered remembered,
    Notary notary,
    InstantSource clock,
    Reach reach,
    Ledger ledger,
    Whys whys,
    Optional<Origins> origins) {
  /// The same by another clock.
  public Shared at(InstantSource time) {
    return new Shared(
        snapshots,
        pools,
        lines,
        budgets,
        turnstile,
        room,
        answers,
        gatewayRoad,
        remembered,
        notary,
        time,
        reach,
        ledger,
        whys,
        origins);
  }
}
