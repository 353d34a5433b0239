package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static io.onebalance.key.pool.Stage.limited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.Health;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.roster.HealthTable;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  @DisplayName("D10: 100 equal keys are used exactly alike, none is hot")
  void equals_are_used_alike() {
    var stage = new Stage(ids(100));
    assertThat(uses(stage, 1_000).values()).containsOnly(10);
  }

  @Test
  @DisplayName("D10: requests in flight are spread too")
  void requests_in_flight_are_spread() {
    var stage = new Stage(ids(100));
    var held = new HashMap<String, Integer>();
    for (var i = 0; i < 1_000; i++) {
      held.merge(stage.take().key().id(), 1, Integer::sum);
    }
    assertThat(held.values()).containsOnly(10);
    assertThat(stage.pool.inFlight()).isEqualTo(1_000);
  }

  @Test
  void a_key_that_never_answers_gets_fewer_and_fewer() {
    var stage = new Stage(ids(10));
    var stuck = 0;
    for (var i = 0; i < 1_000; i++) {
      var slot = stage.take();
      if (slot.key().id().equals("k0")) {
        stuck++;
      } else {
        stage.settle(slot, Stage.SERVED);
      }
    }
    assertThat(stuck).isLessThan(40);
  }

  @Test
  void weights_are_respected() {
    var stage = new Stage();
    for (var weight : List.of(1, 2, 5, 10, 100)) {
      stage.add(Keys.key("w" + weight, "", weight));
    }
    var uses = uses(stage, 11_800);
    for (var weight : List.of(1, 2, 5, 10, 100)) {
      var expected = 100 * weight;
      assertThat(uses.getOrDefault("w" + weight, 0))
          .isBetween((int) (0.7 * expected) - 10, (int) (1.3 * expected) + 10);
    }
  }

  @Test
  @DisplayName("D10: an ailing key gets fewer turns, a key that fails fast no more than others")
  void ailing_keys_get_fewer_turns() {
    var stage = new Stage(ids(10));
    for (var i = 0; i < 4; i++) {
      stage.settle("k0", new Verdict.NoAccess("no access", Duration.ofSeconds(1)));
      stage.pass(Duration.ofSeconds(2));
    }
    var uses = new HashMap<String, Integer>();
    for (var i = 0; i < 5_000; i++) {
      var slot = stage.take();
      uses.merge(slot.key().id(), 1, Integer::sum);
      slot.settle(new Outcome.Abandoned(), stage.now);
    }
    assertThat(uses.get("k0")).isLessThan(450);
    assertThat(uses.get("k1")).isGreaterThan(480);
  }

  @Test
  void a_key_much_slower_than_usual_gets_fewer_turns() {
    var stage = new Stage(ids(10));
    var uses = new HashMap<String, Integer>();
    for (var i = 0; i < 5_000; i++) {
      var slot = stage.take();
      uses.merge(slot.key().id(), 1, Integer::sum);
      var took = Duration.ofMillis(slot.key().id().equals("k0") ? 20_000 : 1_000);
      slot.settle(new Outcome.Judged(Stage.SERVED, took), stage.now);
    }
    assertThat(uses.get("k0")).isBetween(50, 350);
  }

  @Test
  void ill_health_fades_with_time() {
    var health = new HealthTable();
    health.begin(0, new Health(Duration.ZERO, 0, 3, Stage.START, Instant.EPOCH));
    assertThat(worth(health, Duration.ZERO)).isCloseTo(0.05, within(1e-9));
    assertThat(worth(health, Duration.ofMinutes(10))).isBetween(0.5, 0.55);
    assertThat(worth(health, Duration.ofDays(1))).isGreaterThan(0.99);
    assertThat(worth(health, Duration.ofDays(-1))).isCloseTo(0.05, within(1e-9));
  }

  private static double worth(HealthTable health, Duration later) {
    return health.worth(0, Stage.START.plus(later).toEpochMilli());
  }

  @Test
  @DisplayName("F20: when all rest, the answer is how long the soonest takes")
  void waits_for_the_soonest() {
    var stage = new Stage("a", "b", "c");
    stage.settle("a", limited(MINUTE.multipliedBy(3)));
    stage.settle("b", limited(MINUTE));
    stage.settle("c", limited(MINUTE.multipliedBy(2)));
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(stage.rest("b")));
    assertThat(stage.choose("b")).isEqualTo(new Choice.Wait(stage.rest("c")));
    assertThat(stage.choose("b", "c", "a")).isInstanceOf(Choice.None.class);
    stage.pass(stage.rest("b"));
    assertThat(stage.take().key().id()).isEqualTo("b");
  }

  @Test
  void says_why_there_is_none() {
    var stage = new Stage();
    assertThat(stage.choose()).isEqualTo(new Choice.None("no key of this provider is stored"));
    stage.add(Keys.key("a"));
    stage.add(Keys.key("b"));
    stage.pool.block("b", "leaked", stage.now);
    assertThat(stage.choose("a"))
        .isEqualTo(new Choice.None("every usable key was asked already (1; blocked: 1)"));
    stage.pool.block("a", "leaked", stage.now);
    assertThat(stage.choose()).isEqualTo(new Choice.None("every stored key is blocked (2)"));
  }

  @Test
  void asks_each_key_before_it_gives_up() {
    var stage = new Stage(ids(50));
    var asked = new HashSet<String>();
    while (stage.pool.choose(MODEL, asked, stage.now) instanceof Choice.Chosen(var slot)) {
      assertThat(asked.add(slot.key().id())).isTrue();
      stage.settle(slot, new Verdict.Mistaken("400"));
    }
    assertThat(asked).hasSize(50);
  }

  @Test
  void what_stays_with_its_key_asks_that_key_alone() {
    var stage = new Stage("a", "b");
    assertThat(stage.takeOnly("b").key().id()).isEqualTo("b");
    stage.settle("b", limited(MINUTE));
    assertThat(stage.pool.chooseOnly("b", MODEL, stage.now))
        .isEqualTo(new Choice.Wait(stage.rest("b")));
    stage.pool.block("b", "leaked", stage.now);
    assertThat(stage.pool.chooseOnly("b", MODEL, stage.now)).isInstanceOf(Choice.None.class);
    assertThat(stage.pool.chooseOnly("gone", MODEL, stage.now)).isInstanceOf(Choice.None.class);
  }

  @Test
  @DisplayName("F37: a slot is settled exactly once")
  void a_slot_is_settled_once() {
    var stage = new Stage("a");
    var slot = stage.take();
    slot.settle(new Outcome.Abandoned(), stage.now);
    assertThat(stage.pool.inFlight()).isZero();
    assertThatThrownBy(() -> stage.settle(slot, Stage.SERVED))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stage.pool.inFlight()).isZero();
  }

  @Test
  void a_key_may_leave_or_be_blocked_while_in_flight() {
    var stage = new Stage("a", "b");
    var a = stage.takeOnly("a");
    var b = stage.takeOnly("b");
    stage.pool.remove("a");
    stage.pool.block("b", "leaked", stage.now);
    stage.settle(a, limited(MINUTE));
    stage.settle(b, Stage.SERVED);
    assertThat(stage.pool.inFlight()).isZero();
    assertThat(stage.pool.standing("a", stage.now)).isEmpty();
    assertThat(stage.choose()).isEqualTo(new Choice.None("every stored key is blocked (1)"));
  }

  @Test
  @DisplayName("D36: an edit or a second put is in force at once and forgets no rest")
  void an_edit_forgets_nothing() {
    var stage = new Stage("a");
    stage.settle("a", limited(MINUTE));
    var before = stage.standing("a");
    stage.pool.edit(Keys.key("a", "acme", 50));
    stage.pool.put(Keys.key("a", "acme", 60), Standing.NEW, stage.now);
    stage.pools.policy(new Policy(9, 9));
    assertThat(stage.standing("a")).isEqualTo(before);
    assertThat(stage.pool.keys()).containsExactly(Keys.key("a", "acme", 60));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
  }

  @Test
  void a_standing_survives_a_restart_within_the_cap() {
    var stage = new Stage("a");
    stage.settle("a", limited(MINUTE));
    var until = stage.now.plus(Duration.ofDays(400));
    var forever = new Cooling(until, MINUTE, "odd", 1);
    var odd = new Standing(State.ACTIVE, Map.of(MODEL, forever), MINUTE, Health.NEW);
    stage.pool.put(Keys.key("b"), stage.standing("a"), stage.now);
    stage.pool.put(Keys.key("c"), odd, stage.now);
    assertThat(stage.standing("b")).isEqualTo(stage.standing("a"));
    assertThat(stage.rest("c")).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void a_reset_ends_all_rests_and_an_activation_only_those_of_the_whole_key() {
    var stage = new Stage("a");
    stage.settle("a", limited(MINUTE));
    Stage.slot(stage.pool.chooseOnly("a", "other", stage.now))
        .settle(new Outcome.Judged(Stage.exhausted(), MINUTE), stage.now);
    stage.pool.activate("a", stage.now);
    assertThat(stage.standing("a").coolings()).containsOnlyKeys(MODEL);
    stage.pool.reset("a", stage.now);
    assertThat(stage.standing("a").coolings()).isEmpty();
    stage.take();
  }

  @Test
  void counts_each_key_once() {
    var stage = new Stage("a", "b", "c", "d");
    stage.settle("a", limited(MINUTE));
    stage.settle("b", new Verdict.Dead("revoked"));
    stage.settle("c", new Verdict.Doubted("401"));
    assertThat(stage.pool.counts(stage.now)).isEqualTo(new Counts(1, 1, 1, 1));
    assertThat(stage.pool.size()).isEqualTo(4);
    assertThat(stage.changed).containsExactly("a", "b", "c");
  }

  @Test
  void invented_models_do_not_fill_the_memory() {
    var stage = new Stage("a");
    var told = new Outcome.Judged(limited(Duration.ofHours(1)), MINUTE);
    for (var i = 0; i < 3 * Lanes.MOST; i++) {
      Stage.slot(stage.pool.chooseOnly("a", "invented-" + i, stage.now)).settle(told, stage.now);
    }
    assertThat(stage.standing("a").coolings()).hasSize(Lanes.MOST);
    assertThat(stage.pool.choose("invented-0", Set.of(), stage.now))
        .isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void many_keys_that_return_at_once_all_return() {
    var stage = new Stage(ids(1_000));
    for (var id : ids(1_000)) {
      stage.settle(id, limited(MINUTE));
    }
    stage.pass(MINUTE.multipliedBy(2));
    var returned = Stream.generate(() -> stage.take().key().id()).limit(1_000);
    assertThat(returned).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("D11: a success rate climbs back to its top")
  void a_success_rate_recovers() {
    var health = new HealthTable();
    health.begin(0, Health.NEW);
    for (var i = 0; i < 100; i++) {
      health.failed(0, Stage.START.plusMillis(500L * i));
    }
    assertThat(health.health(0).successRate()).isLessThan(0.01);
    for (var i = 100; i < 300; i++) {
      health.served(0, 1e9, 1e9, Stage.START.plusMillis(500L * i));
    }
    assertThat(health.health(0).successRate()).isGreaterThan(0.999);
    assertThat(health.health(0).consecutiveFailures()).isZero();
    assertThat(health.health(0).latency()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void an_observation_after_a_long_silence_weighs_more() {
    var health = new HealthTable();
    health.begin(0, Health.NEW);
    health.begin(1, Health.NEW);
    health.served(0, 1e9, 1e9, Stage.START);
    health.served(1, 1e9, 1e9, Stage.START);
    health.served(0, 3e9, 1e9, Stage.START.plusSeconds(1));
    health.served(1, 3e9, 1e9, Stage.START.plus(Duration.ofHours(1)));
    assertThat(health.health(0).latency()).isEqualTo(Duration.ofMillis(1_100));
    assertThat(health.health(1).latency()).isGreaterThan(Duration.ofMillis(2_900));
  }

  private static Map<String, Integer> uses(Stage stage, int times) {
    var uses = new HashMap<String, Integer>();
    for (var i = 0; i < times; i++) {
      var slot = stage.take();
      uses.merge(slot.key().id(), 1, Integer::sum);
      stage.settle(slot, Stage.SERVED);
    }
    return Collections.unmodifiableMap(uses);
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
  }

  @Test
  void a_key_is_given_out_for_a_test_whatever_stands_in_its_way() {
    var stage = new Stage("a");
    stage.pool.block("a", "by hand", stage.now);
    var slot = stage.pool.slotForTest("a", "m", stage.now).orElseThrow();
    assertThat(slot.key().id()).isEqualTo("a");
    assertThat(stage.pool.inFlight()).isOne();
    stage.settle(slot, Stage.SERVED);
    assertThat(stage.standing("a").state()).isInstanceOf(State.Blocked.class);
    assertThat(stage.pool.inFlight()).isZero();
    assertThat(stage.pool.slotForTest("nobody", "m", stage.now)).isEmpty();
  }

  @Test
  void a_thread_that_comes_seconds_late_to_the_lock_turns_no_clock() {
    var stage = new Stage("a");
    for (var i = 0; i < 5; i++) {
      stage.settle("a", Stage.SERVED);
    }
    var late = stage.now;
    stage.pass(Duration.ofSeconds(30));
    stage.settle("a", Stage.SERVED);
    for (var thread = 0; thread < 8; thread++) {
      stage.pool.choose(MODEL, Set.of("a"), late.plusMillis(100L * thread));
      stage.pool.choose(MODEL, Set.of("a"), stage.now);
    }
    stage.pool.choose(MODEL, Set.of("a"), late.plusMillis(900));
    assertThat(used(stage)).isEqualTo(6);
  }

  @Test
  void a_clock_that_stays_behind_by_seconds_was_turned() {
    var stage = new Stage("a");
    stage.settle("a", Stage.SERVED);
    stage.pass(Duration.ofSeconds(-30));
    stage.choose("a");
    stage.pass(Duration.ofSeconds(1));
    stage.choose("a");
    assertThat(used(stage)).isZero();
  }

  private static long used(Stage stage) {
    return stage.pool.limits().quotas("a", MODEL, stage.now).getFirst().used();
  }

  @Test
  void who_hears_of_room_hears_it_under_no_lock() throws Exception {
    var stage = new Stage("a", "b");
    var heard = new ArrayList<Integer>();
    stage.pool.tellsOfRoom(_ ->
        heard.add(
            CompletableFuture.supplyAsync(stage.pool::size)
                .completeOnTimeout(-1, 30, TimeUnit.SECONDS)
                .join()));
    stage.pool.put(Keys.key("b"), Standing.NEW, stage.now);
    stage.pool.adopt("a", _ -> Standing.NEW, stage.now);
    assertThat(heard).containsExactly(2, 2);
  }
}
