package io.onebalance.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.cluster.Cluster;
import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.secret.Secret;
import io.onebalance.store.Database;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.share.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances on one PostgreSQL that tell each other what they used, at their own pace. Their
/// clock stands still.
class SharedUsesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final KeyLimits LIMITS =
      new KeyLimits(Map.of(Limit.REQUESTS_PER_MINUTE, 10L, Limit.TOKENS_PER_MINUTE, 1_000L));

  @TempDir Path dir;
  private Instance one;
  private Instance two;

  private static final class Instance implements AutoCloseable {
    final Pools pools = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {});
    final Spendings spendings = new Spendings();
    final Database database;
    private final Cluster cluster;

    Instance(Path dir, String name) {
      database =
          Database.open(dir.resolve(name), PostgresServer.urlFor(dir), InstantSource.system());
      var uses = new SharedUses(pools, spendings, () -> NOON);
      cluster =
          Cluster.of(database, Exchange.on(database, uses, InstantSource.system())::catchUp)
              .orElseThrow();
      for (var key : Set.of("a", "one", "two")) {
        var stored = new ApiKey(key, "groq", new Secret(key), "", "", 1, NOON);
        pools.of("groq").put(stored, Standing.NEW, NOON);
      }
      cluster.begin();
    }

    /// Asks with this key once, which is served.
    void ask(String key) {
      var choice = pools.of("groq").chooseOnly(key, "m", NOON);
      ((Choice.Chosen) choice)
          .slot()
          .settle(new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(5)), NOON);
    }

    long used(String key) {
      return pools.of("groq").limits().quotas(key, "m", NOON).stream()
          .mapToLong(measured -> measured.used())
          .findFirst()
          .orElse(0);
    }

    void awaitUsed(String key, long number) {
      while (used(key) < number) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      cluster.close();
      database.close();
    }
  }

  @BeforeEach
  void open() {
    one = new Instance(dir, "one");
    two = new Instance(dir, "two");
    while (two.used("one") == 0 || one.used("two") == 0) {
      one.ask("one");
      two.ask("two");
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  @Test
  @DisplayName("P18 what one used of a key's minute, the others count; each use once")
  void quotas_of_keys() {
    for (var i = 0; i < 5; i++) {
      one.ask("a");
    }
    two.awaitUsed("a", 5);
    for (var i = 0; i < 3; i++) {
      two.ask("a");
    }
    one.awaitUsed("a", 8);
    one.ask("a");
    two.awaitUsed("a", 9);
    assertThat(one.used("a")).isEqualTo(9);
    assertThat(two.used("a")).isEqualTo(9);
  }

  @Test
  @DisplayName("P18 a gateway key's minute, used up at one instance, is so at the others")
  void minutes_of_gateway_keys() {
    for (var i = 0; i < 10; i++) {
      assertThat(admit(one, "phone")).isInstanceOf(Permit.Granted.class);
    }
    assertThat(admit(one, "tablet")).isInstanceOf(Permit.Granted.class);
    one.spendings.charge("tablet", new Charge(NOON, NOON, 1_000, OptionalLong.empty()));
    one.database.behind().flush();
    one.ask("a");
    two.awaitUsed("a", 1); // told after what was used before
    for (var key : Set.of("phone", "tablet")) {
      assertThat(admit(two, key))
          .isInstanceOfSatisfying(
              Permit.Refused.class,
              refused -> assertThat(refused.why()).isEqualTo(Permit.Why.RATE));
    }
    assertThat(admit(two, "another")).isInstanceOf(Permit.Granted.class);
  }

  @Test
  @DisplayName("P18 who starts again knows what was used in the last minute, also by itself")
  void after_a_restart() {
    one.ask("a");
    two.ask("a");
    two.awaitUsed("a", 2);
    one.awaitUsed("a", 2);
    one.close();
    one = new Instance(dir, "one");
    one.awaitUsed("a", 2);
    assertThat(one.used("a")).isEqualTo(2);
  }

  private static Permit admit(Instance at, String key) {
    return at.spendings.admit(key, LIMITS, NOON);
  }
}
