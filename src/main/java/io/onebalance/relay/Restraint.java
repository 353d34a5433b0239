package io.onebalance.relay;

import io.onebalance.access.limit.Insistence;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.upstream.Wheel;
import java.time.Instant;

/// Refuses what a gateway key asks beyond its limits, and holds that back where the key asks on and
/// on: a client without patience would else take what others need (F53).
///
/// Not thread-safe: it belongs to one event loop.
final class Restraint {
  /// So many refusals are held back at a time, a few hundred bytes each beside their connections;
  /// more are told at once.
  private static final int MOST = 8192;

  private final Wheel wheel;
  private final Insistence insistence = new Insistence();
  private int held;

  Restraint(Wheel wheel) {
    this.wheel = wheel;
  }

  void refuse(Client client, String key, Refusal refusal, Instant now) {
    var delay = insistence.refused(key, now);
    if (delay.isZero() || held == MOST) {
      client.refuse(refusal);
      return;
    }
    client.over();
    held++;
    var alarm =
        wheel.after(
            delay,
            () -> {
              held--;
              client.departure().stopsNothing();
              client.refuse(refusal.later(delay));
            });
    client
        .departure()
        .stops(() -> {
          held--;
          alarm.cancel();
        });
  }
}
