package io.onebalance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Database;
import io.onebalance.store.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
  @TempDir Path dir;

  private Database open(String name) {
    return Database.open(dir.resolve(name), PostgresServer.urlFor(dir), InstantSource.system());
  }

  @Test
  @DisplayName(
      "F77 one has a job; when it dies another has it, knows what was done, and fences it off")
  void one_at_a_time() throws SQLException {
    try (var first = open("one");
        var second = open("two")) {
      var one = new Leases(first);
      var two = new Leases(second);
      var held = one.take("cleanup").orElseThrow();
      assertThat(held.done()).isEmpty();
      assertThat(two.take("cleanup")).isEmpty();
      assertThat(two.take("another")).isPresent();
      var done = Instant.ofEpochSecond(1_800_000_000);
      assertThat(one.done("cleanup", held.fence(), done)).isTrue();
      one.keep();
      assertThat(one.take("cleanup").orElseThrow().fence()).isEqualTo(held.fence());

      standStill();
      var taken = two.take("cleanup").orElseThrow();
      assertThat(taken.fence()).isGreaterThan(held.fence());
      assertThat(taken.done()).contains(done);
      assertThat(one.done("cleanup", held.fence(), done.plusSeconds(1))).isFalse();
      assertThat(one.take("cleanup")).isEmpty();

      two.giveBack();
      assertThat(one.take("cleanup")).isPresent();
    }
  }

  /// The holder says nothing for longer than its lease.
  private void standStill() throws SQLException {
    try (var connection = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE leases SET until = now() - INTERVAL '1 second'");
    }
  }
}
