package io.onebalance.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Outcome;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Slot;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.keyring.Arrivals.Arriving;
import io.onebalance.store.keyring.Arrivals.Fate;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Keys that are here already are taken in again while requests ask with them.
@ParameterizedClass
@EnumSource(Store.class)
class ArrivalsTest {
  private static final Verdict LIMITED =
      new Verdict.Limited(Verdict.Window.DAY, Optional.of(Duration.ofHours(2)), Optional.empty());

  private final Store store;

  ArrivalsTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;
  private Rig rig;
  private String one;

  @BeforeEach
  void open() {
    rig = Rig.in(store, dir);
    one = rig.add("groq", "gsk-one");
    rig.add("groq", "gsk-two");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Slot taken() {
    var choice = rig.pools.of("groq").chooseOnly(one, "m", Rig.START);
    return ((Choice.Chosen) choice).slot();
  }

  private static void settle(Slot slot, Verdict verdict) {
    slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(100)), Rig.START);
  }

  private static Arriving arriving(String key, Standing standing) {
    return new Arriving(
        "groq", new NewKey(key, "from elsewhere", ""), 0, standing, Optional.empty());
  }

  /// Both keys; between the two something happens.
  private List<Fate> take(Standing standing, Runnable meanwhile) {
    var keys = List.of(arriving("gsk-one", standing), arriving("gsk-two", Standing.NEW));
    return rig.keyring
        .arrivals()
        .take(
            new AbstractList<>() {
              @Override
              public Arriving get(int place) {
                if (place == 1) {
                  meanwhile.run();
                }
                return keys.get(place);
              }

              @Override
              public int size() {
                return keys.size();
              }
            },
            Rig.ACTOR);
  }

  private void openAgain() {
    rig.keyring.flush();
    rig.close();
    rig = Rig.in(store, dir);
  }

  @Test
  void what_is_learnt_of_a_key_while_others_are_taken_in_is_kept() {
    var slot = taken();
    var fates = take(Standing.NEW, () -> settle(slot, LIMITED));
    assertThat(fates).containsOnly(new Fate.Changed(List.of("remark")));
    assertThat(rig.standing(one).coolings()).containsKey("m");
    openAgain();
    assertThat(rig.standing(one).coolings()).containsKey("m");
    assertThat(rig.pools.of("groq").keys()).extracting("remark").containsOnly("from elsewhere");
  }

  @Test
  void a_rest_that_ends_meanwhile_does_not_come_back() {
    settle(taken(), LIMITED);
    take(Standing.NEW, () -> rig.pools.of("groq").reset(one, Rig.START));
    assertThat(rig.standing(one).coolings()).isEmpty();
    openAgain();
    assertThat(rig.standing(one).coolings()).isEmpty();
  }

  @Test
  void what_is_known_elsewhere_is_added_to_what_is_learnt_meanwhile() {
    var slot = taken();
    var rest = new Cooling(Rig.START.plusSeconds(60), Duration.ofSeconds(60), "429", 1);
    var there =
        new Standing(
            new State.Blocked("leaked", Rig.START),
            Map.of("other", rest),
            Duration.ofDays(2),
            Health.NEW);
    take(there, () -> settle(slot, LIMITED));
    for (var _ : List.of("now", "after a restart")) {
      assertThat(rig.standing(one).state()).isInstanceOf(State.Blocked.class);
      assertThat(rig.standing(one).coolings()).containsOnlyKeys("m", "other");
      assertThat(rig.standing(one).totalCooling()).isEqualTo(Duration.ofDays(2));
      openAgain();
    }
  }

  @Test
  void what_is_known_of_its_limits_and_what_is_underway_stay() {
    settle(taken(), new Verdict.Served());
    settle(taken(), new Verdict.Served());
    var underway = taken();
    take(Standing.NEW, () -> {});
    assertThat(rig.pools.of("groq").limits().quotas(one, "m", Rig.START))
        .extracting(Measured::used)
        .containsExactly(3L);
    settle(underway, new Verdict.Dead("revoked"));
    assertThat(rig.standing(one).state()).isInstanceOf(State.Blocked.class);
  }
}
