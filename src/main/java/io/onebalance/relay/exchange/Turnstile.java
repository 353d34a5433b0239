package io.onebalance.relay.exchange;

import io.onebalance.access.Grant;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.time.Instant;
import java.util.Optional;

/// Counts the requests of each gateway key, and lets no more in than its limits allow (F53).
/// Thread-safe: event loops share it.
public final class Turnstile {
  private final UnderWay underWay;
  private final Spendings spendings;

  public Turnstile(UnderWay underWay, Spendings spendings) {
    this.underWay = underWay;
    this.spendings = spendings;
  }

  /// Why a request may not begin now; empty where it may. What it takes is given back when the
  /// client's exchange is over. `concurrent` holds where its key has no such limit of its own, 0 is
  /// any number.
  public Optional<Refusal> refusal(Client client, Grant grant, int concurrent, Instant now) {
    var most = concurrent(grant.limits(), concurrent);
    if (!underWay.begins(grant.id(), most)) {
      return Optional.of(Refusal.tooMany(most));
    }
    client.holds(() -> underWay.ended(grant.id()));
    return switch (spendings.admit(grant.id(), grant.limits(), now)) {
      case Permit.Refused refused -> Optional.of(Refusal.limited(refused));
      case Permit.Granted(var hold) -> {
        if (!hold.isNothing()) {
          client.holds(hold::letGo);
        }
        yield Optional.empty();
      }
    };
  }

  private static int concurrent(KeyLimits limits, int otherwise) {
    var most = limits.or(Limit.CONCURRENT, otherwise);
    return most == KeyLimits.ANY ? 0 : (int) most;
  }
}
