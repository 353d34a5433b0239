package io.onebalance.relay;

import io.onebalance.key.Pools;
import io.onebalance.proof.Notary;
import io.onebalance.relay.ask.Budgets;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.exchange.Snapshot;
import io.onebalance.relay.plan.Belongings;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// What the relays of all event loops have in common. `connecting` bounds a connection to an
/// upstream and its TLS handshake, each; `trust` replaces the certificates that the JDK trusts, for
/// tests against servers of their own.
public record Shared(
    Supplier<Snapshot> snapshots,
    Pools pools,
    Budgets budgets,
    GatewayRoad gatewayRoad,
    Belongings belongings,
    Notary notary,
    InstantSource clock,
    Duration connecting,
    Optional<TrustOptions> trust) {}
