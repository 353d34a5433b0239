package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.cluster.Cluster;
import io.onebalance.store.history.SpentElsewhere;
import io.onebalance.store.share.Exchange;
import io.onebalance.store.share.Uses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How late what others used is known, in beats: one writes, the other looks. Nothing goes by
/// itself here.
class SharedBoundTest {
  private static final long MOST = 100;
  private static final KeyLimits LIMITS = new KeyLimits(Map.of(Limit.REQUESTS_PER_MINUTE, MOST));

  @TempDir Path dir;

  private static final long BUDGET = 1_000;
  private static final KeyLimits BUDGETS = new KeyLimits(Map.of(Limit.TOKENS_PER_DAY, BUDGET));

  /// One that spends from a budget.
  private static final class Spender implements AutoCloseable {
    private final Database database;
    private final SpentElsewhere elsewhere;
    private final Spendings spendings;
    private long untold;

    Spender(Path dir, String name) {
      database =
          Database.open(
              dir.resolve(name), PostgresServer.urlFor(dir), () -> Rig.START, Terms.byHand());
      elsewhere = SpentElsewhere.from(database);
      spendings = new Spendings(elsewhere);
    }

    /// Whether it may; then it has spent so many tokens.
    boolean spends(long tokens) {
      if (!(spendings.admit("phone", BUDGETS, Rig.START) instanceof Permit.Granted(var hold))) {
        return false;
      }
      spendings.charge("phone", new Charge(Rig.START, Rig.START, tokens, OptionalLong.empty()));
      hold.letGo();
      untold += tokens;
      return true;
    }

    void write() {
      database.write(handle ->
          handle.execute(
              "INSERT INTO spendings (instance, gateway_key, began, nanos, tokens)"
                  + " VALUES (?, 'phone', ?, 0, ?)",
              database.engine().instance(),
              Rig.START.getEpochSecond(),
              untold));
      untold = 0;
    }

    void look() {
      elsewhere.catchUp();
    }

    @Override
    public void close() {
      database.close();
    }
  }

  /// One of the instances.
  private static final class Instance implements Exchange.Sides, AutoCloseable {
    final Spendings spendings = new Spendings();
    private final Database database;
    private final Exchange exchange;

    Instance(Path dir, String name) {
      var url = PostgresServer.urlFor(dir);
      database = Database.open(dir.resolve(name), url, () -> Rig.START, Terms.byHand());
      database.write(handle ->
          handle.execute(
              "INSERT INTO instances (id, process) VALUES (?, 1)", database.engine().instance()));
      exchange = Exchange.on(database, this, () -> Rig.START);
    }

    @Override
    public Uses take() {
      return new Uses(List.of(), spendings.takeUntold());
    }

    @Override
    public void hear(Uses uses, Instant then) {
      uses.ofCallers().forEach(one -> spendings.usedElsewhere(one, Rig.START));
    }

    int admitted(int offered) {
      return (int)
          IntStream.range(0, offered)
              .filter(_ -> spendings.admit("phone", LIMITS, Rig.START) instanceof Permit.Granted)
              .count();
    }

    void write() {
      database.behind().flush();
    }

    void look() {
      exchange.catchUp();
    }

    @Override
    public void close() {
      database.close();
    }
  }

  @Test
  @DisplayName("P18 three share a limit: it is overrun by no more than others use within one beat")
  void the_bound() {
    var offered = 7;
    try (var one = new Instance(dir, "one");
        var two = new Instance(dir, "two");
        var three = new Instance(dir, "three")) {
      var all = List.of(one, two, three);
      all.forEach(Instance::look);
      var admitted = 0;
      for (var beat = 0; beat < MOST; beat++) {
        admitted += all.stream().mapToInt(it -> it.admitted(offered)).sum();
        all.forEach(Instance::write);
        all.forEach(Instance::look);
      }
      assertThat(admitted).isBetween((int) MOST, (int) MOST + (all.size() - 1) * offered);
      assertThat(all).allSatisfy(it -> assertThat(it.admitted(1)).isZero());
    }
  }

  /// What each spends between two beats is charged when its answers end.
  @Test
  @DisplayName(
      "P18 three share a budget: it is overrun by no more than all of them spend within one beat")
  void the_bound_of_a_budget() {
    var each = 30L;
    try (var one = new Spender(dir, "one");
        var two = new Spender(dir, "two");
        var three = new Spender(dir, "three")) {
      var all = List.of(one, two, three);
      var spent = 0L;
      for (var beat = 0; beat < MOST; beat++) {
        for (var it : all) {
          spent += it.spends(each) ? each : 0;
        }
        all.forEach(Spender::write);
        all.forEach(Spender::look);
      }
      assertThat(spent).isBetween(BUDGET, BUDGET + all.size() * each);
      assertThat(all).noneMatch(it -> it.spends(each));
    }
  }

  @Test
  @DisplayName("P18 between two beats passes half a second, and another until the look: one second")
  void how_long_a_beat_is() {
    var written = Terms.USUAL.pace().orElseThrow();
    assertThat(written.plus(Cluster.POLL)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }
}
