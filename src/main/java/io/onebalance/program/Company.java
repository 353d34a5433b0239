package io.onebalance.program;

import io.onebalance.access.limit.Spendings;
import io.onebalance.cluster.Cluster;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.share.Exchange;
import java.time.InstantSource;
import java.util.Optional;

/// What this instance has to do with the others on the same server.
public final class Company {
  private static final String ALERTS = "alerts";

  private Company() {}

  /// Joins them; empty where there are none, because the database is a file.
  public static Optional<Cluster> join(OpenStore stored, Spendings spendings, InstantSource clock) {
    return Cluster.of(
        stored.database(),
        switch (stored.database().engine().dialect()) {
          case SQLITE -> stored::catchUp;
          case POSTGRESQL -> looking(stored, spendings, clock);
        });
  }

  /// What is looked at when they may have written something.
  private static Runnable looking(OpenStore stored, Spendings spendings, InstantSource clock) {
    var uses = new SharedUses(stored.pools(), spendings, clock);
    var exchange = Exchange.on(stored.database(), uses, clock);
    return () -> {
      stored.catchUp();
      exchange.catchUp();
    };
  }

  /// Whether this instance tells what all of them see. While nobody can say, each does.
  static boolean tellsForAll(Optional<Cluster> cluster) {
    try {
      return cluster.isEmpty() || cluster.get().leases().take(ALERTS).isPresent();
    } catch (StoreTrouble away) {
      return true;
    }
  }
}
