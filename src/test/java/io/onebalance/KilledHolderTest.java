package io.onebalance;

import static io.onebalance.FarProvider.AUTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.postgres.PostgresEngine;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes whose clock a test sets, and a job that one of them does.
class KilledHolderTest {
  private static final String HOLDER =
      "SELECT holder FROM leases WHERE job = 'cleanup' AND until > now() AND done IS NOT NULL";

  @TempDir Path dir;

  @Test
  @DisplayName("F77 the instance that has a job is killed: another does it, exactly once")
  void another_does_it_once() throws Exception {
    var clock = dir.resolve("clock");
    ByAnotherClock.ahead(clock, Duration.ZERO);
    try (var all = new Instances(dir, "")) {
      all.provider.script.key("gsk-dead", Fault.dead());
      try (var before = at(all, 0, clock)) {
        all.add(before, "gsk-dead");
      }
      PostgresServer.executeIn(
          PostgresServer.urlFor(dir), "UPDATE keys SET consecutive_failures = 100");
      try (var one = at(all, 0, clock);
          var two = at(all, 1, clock)) {
        var isOne = holder().equals(PostgresEngine.instanceIn(all.home(0).resolve("data")));
        var others = isOne ? two : one;
        (isOne ? one : two).kill();
        PostgresServer.executeIn(PostgresServer.urlFor(dir), "UPDATE leases SET until = now()");
        ByAnotherClock.ahead(clock, Duration.ofHours(25));
        while (!others.get("/api/keys?provider=groq", AUTH).body().contains("\"total\":0")) {
          Thread.onSpinWait();
        }
        assertThat(all.provider.sandbox.seen().count()).as("asked with the key").isEqualTo(1);
        assertThat(ask("SELECT COUNT(*) FROM audit WHERE action = 'delete'")).isEqualTo("1");
      }
    }
  }

  private static Child at(Instances all, int n, Path clock) {
    return Child.servingBy(clock, all.home(n), all.environment(PostgresServer.port()));
  }

  /// Waits until one of them has the job, and has looked at the schedule.
  private String holder() throws SQLException {
    try (var connection = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = connection.prepareStatement(HOLDER)) {
      var holder = first(statement);
      while (holder.isEmpty()) {
        holder = first(statement);
      }
      return holder;
    }
  }

  private String ask(String question) throws SQLException {
    try (var connection = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = connection.prepareStatement(question)) {
      return first(statement);
    }
  }

  /// Empty where there is no row.
  private static String first(PreparedStatement asking) throws SQLException {
    try (var rows = asking.executeQuery()) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
