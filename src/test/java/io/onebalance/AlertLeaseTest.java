package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.metrics.ExpositionText;
import io.onebalance.store.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances that see the same: one of them tells of it.
class AlertLeaseTest {
  private static final Duration A_WHILE = Duration.ofSeconds(31);

  @TempDir Path dir;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());

  private Running house(FakeHook hook, String name) {
    return Running.at(
        clock,
        dir.resolve(name),
        """
        database: '%s'
        master-key-file: '%s'
        alerts: {webhook: '%s', pool-below-percent: 60}
        """
            .formatted(PostgresServer.urlFor(dir), dir.resolve("master.key"), hook.url()));
  }

  @Test
  @DisplayName("F77 what all instances see one of them tells, and another when that one is gone")
  void one_tells() {
    try (var hook = FakeHook.start();
        var two = house(hook, "two")) {
      try (var one = house(hook, "one").keys("groq", "gsk-one", "gsk-two")) {
        await(two, "ready");
        all(one, "block");
        await(two, "blocked");
        look(one, two);
        assertThat(heard(hook)).isEqualTo("pool_low on");
        all(two, "unblock");
        await(one, "ready");
        look(two, one);
        assertThat(heard(hook)).isEqualTo("pool_low over");
      }
      all(two, "block");
      look(two);
      assertThat(heard(hook)).isEqualTo("pool_low on");
      all(two, "unblock");
      look(two);
      assertThat(heard(hook)).as("nobody repeated it").isEqualTo("pool_low over");
    }
  }

  @Test
  @DisplayName("F77 what ripens while the one that tells is dead is told by its successor")
  void a_dead_teller() throws Exception {
    var url = PostgresServer.urlFor(dir);
    PostgresServer.executeIn(
        url,
        "INSERT INTO leases (job, holder, until, fence)"
            + " VALUES ('alerts', 'dead', now() + INTERVAL '1 hour', 1)");
    try (var hook = FakeHook.start();
        var one = house(hook, "one").keys("groq", "gsk-one", "gsk-two")) {
      all(one, "block");
      look(one);
      PostgresServer.executeIn(url, "UPDATE leases SET until = now() WHERE job = 'alerts'");
      one.look();
      assertThat(heard(hook)).isEqualTo("pool_low on");
      all(one, "unblock");
      look(one);
      assertThat(heard(hook)).as("it was told once").isEqualTo("pool_low over");
    }
  }

  /// What is said of the pool; a key that is blocked each instance tells for itself.
  private static String heard(FakeHook hook) {
    var told = hook.next().alert();
    while (told.startsWith("key_blocked")) {
      told = hook.next().alert();
    }
    return told;
  }

  private static void all(Running at, String action) {
    var done = "{\"action\":\"%s\",\"filter\":{\"provider\":\"groq\"}}".formatted(action);
    assertThat(at.post("/api/keys/bulk", done).statusCode()).isEqualTo(200);
  }

  /// Waits until it knows: what the key API tells is the database's, alerts are of the pool.
  private static void await(Running at, String state) {
    var known = 0.0;
    while (known != 2) {
      var metrics = ExpositionText.parse(at.get("/metrics").body());
      known = ExpositionText.sum(metrics, "onebalance_keys", "provider", "groq", "state", state);
    }
  }

  /// Once when it begins, and once when it lasted long enough to be told.
  private void look(Running... houses) {
    for (var house : houses) {
      house.look();
    }
    ahead.updateAndGet(A_WHILE::plus);
    for (var house : houses) {
      house.look();
    }
  }
}
