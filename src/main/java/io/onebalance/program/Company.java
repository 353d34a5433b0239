package io.onebalance.program;

import io.onebalance.access.limit.Spendings;
import io.onebalance.alert.Alert;
import io.onebalance.cluster.Cluster;
import io.onebalance.cluster.Leases;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.program.tell.Alarms;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.share.Exchange;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

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

  /// Which instance tells what all of them see: the one that has this job, and of what is told
  /// again by its successor, whoever told it first. While nobody can say, each does.
  static Alarms.Turn alerts(Optional<Cluster> cluster) {
    return new Alarms.Turn() {
      @Override
      public boolean isMine() {
        return asked(cluster, leases -> leases.take(ALERTS).isPresent());
      }

      @Override
      public boolean isFirst(Alert alert) {
        return asked(cluster, leases -> leases.isFirst(named(alert), alert.at(), Alarms.KEPT));
      }
    };
  }

  private static boolean asked(Optional<Cluster> cluster, Predicate<Leases> question) {
    try {
      return cluster.isEmpty() || question.test(cluster.get().leases());
    } catch (StoreTrouble away) {
      return true;
    }
  }

  /// The same at all instances, which may have counted differently; who it is about stays as it is.
  static String named(Alert alert) {
    var words = alert.message().replaceAll("\\d+", "#");
    var state = alert.over() ? "over" : "on";
    return "alert: %s %s %s %s".formatted(alert.kind().word(), state, alert.subject(), words);
  }
}
