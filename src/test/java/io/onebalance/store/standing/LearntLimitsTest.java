package io.onebalance.store.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.keyring.Keyring.Patch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is known of limits, across a restart.
@ParameterizedClass
@EnumSource(Store.class)
class LearntLimitsTest {
  private static final String MODEL = "llama-\"odd\" 70b";

  private final Store store;

  @TempDir Path dir;

  LearntLimitsTest(Store store) {
    this.store = store;
  }

  private static Slot take(Rig rig, String id) {
    return switch (pool(rig).chooseOnly(id, MODEL, rig.clock.now)) {
      case Choice.Chosen(var slot) -> slot;
      case Choice other -> throw new AssertionError(other);
    };
  }

  private static Pool pool(Rig rig) {
    return rig.pools.of("groq");
  }

  private static void served(Rig rig, String id, Allowance... told) {
    var slot = take(rig, id);
    slot.told(List.of(told), rig.clock.now);
    slot.settle(new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(1)), rig.clock.now);
  }

  private static Allowance told(Rig rig, Window window, long limit, long left) {
    var reset = window == Window.DAY ? Duration.ofHours(20) : Duration.ofMinutes(1);
    return new Allowance(
        Kind.REQUESTS, window, limit, left, Optional.of(rig.clock.now.plus(reset)));
  }

  private static List<Level> levels(Rig rig, String id) {
    return pool(rig).limits().quotas(id, MODEL, rig.clock.now).stream()
        .filter(Measured::isKnown)
        .map(m -> new Level(m.kind(), m.window(), m.limit(), m.told(), m.used()))
        .toList();
  }

  @Test
  void a_limit_that_was_learnt_is_kept_to_after_a_restart() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      served(rig, id);
      rig.clock.now = rig.clock.now.plusSeconds(300);
      for (var i = 0; i < 3; i++) {
        served(rig, id);
      }
      var refused = new Verdict.Limited(Window.UNKNOWN, Optional.empty(), Optional.empty());
      take(rig, id).settle(new Outcome.Judged(refused, Duration.ofMillis(1)), rig.clock.now);
      assertThat(levels(rig, id))
          .containsExactly(new Level(Kind.REQUESTS, Window.MINUTE, 3, false, 3));
    }
    try (var rig = Rig.in(store, dir)) {
      rig.clock.now = rig.clock.now.plusSeconds(600);
      assertThat(levels(rig, id))
          .containsExactly(new Level(Kind.REQUESTS, Window.MINUTE, 3, false, 0));
      for (var i = 0; i < 3; i++) {
        served(rig, id);
      }
      assertThat(pool(rig).chooseOnly(id, MODEL, rig.clock.now)).isInstanceOf(Choice.Wait.class);
    }
  }

  @Test
  void what_was_used_of_a_day_is_remembered_and_fades_where_the_day_rolls() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      served(rig, id);
      for (var i = 0; i < 60; i++) {
        rig.clock.now = rig.clock.now.plusSeconds(60);
        served(rig, id, told(rig, Window.DAY, 100, 99 - i), told(rig, Window.MINUTE, 30, 29));
      }
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(levels(rig, id)).contains(new Level(Kind.REQUESTS, Window.DAY, 100, true, 60));
      rig.clock.now = rig.clock.now.plusSeconds(3660);
      assertThat(levels(rig, id))
          .containsExactlyInAnyOrder(
              new Level(Kind.REQUESTS, Window.MINUTE, 30, true, 0),
              new Level(Kind.REQUESTS, Window.DAY, 100, true, 58));
      rig.clock.now = rig.clock.now.plus(Duration.ofHours(12));
      assertThat(levels(rig, id)).anySatisfy(level -> assertThat(level.used()).isBetween(25L, 35L));
      rig.clock.now = rig.clock.now.plus(Duration.ofHours(13));
      assertThat(levels(rig, id)).allSatisfy(level -> assertThat(level.used()).isZero());
    }
  }

  @Test
  void a_row_is_written_when_it_says_something_new_and_goes_with_its_key() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      served(rig, id);
      served(rig, id, told(rig, Window.MINUTE, 30, 29));
      rig.keyring.flush();
      var written = rig.ask("SELECT at FROM learnt_limits");
      rig.clock.now = rig.clock.now.plusSeconds(120);
      served(rig, id, told(rig, Window.MINUTE, 30, 29));
      rig.keyring.flush();
      assertThat(rig.ask("SELECT at FROM learnt_limits")).isEqualTo(written);
      served(rig, id, told(rig, Window.MINUTE, 60, 59));
      rig.keyring.flush();
      assertThat(rig.ask("SELECT at FROM learnt_limits")).isNotEqualTo(written);
    }
    try (var rig = Rig.in(store, dir)) {
      var gone = rig.ask("SELECT id FROM keys");
      var other = rig.add("groq", "gsk-two");
      rig.outside("DELETE FROM keys WHERE id = '" + gone + "'");
      served(rig, other);
      rig.keyring.flush();
      assertThat(rig.ask("SELECT COUNT(*) FROM learnt_limits")).isEqualTo("0");
    }
  }

  @Test
  @DisplayName("P18 a limit that one instance learns the other knows at its next look")
  void a_limit_is_news() throws Exception {
    assumeTrue(store == Store.POSTGRESQL, "a file has one program");
    try (var one = Rig.in(store, dir);
        var two = one.another(dir.resolve("two"))) {
      var id = one.add("groq", "gsk-one");
      two.keyring.following().catchUp();
      served(one, id);
      served(one, id, told(one, Window.MINUTE, 30, 29), told(one, Window.DAY, 100, 40));
      one.keyring.flush();
      assertThat(levels(two, id)).isEmpty();
      two.keyring.following().catchUp();
      assertThat(levels(two, id))
          .contains(new Level(Kind.REQUESTS, Window.MINUTE, 30, true, 0))
          .anySatisfy(level -> assertThat(level.limit()).isEqualTo(100));
      two.clock.now = two.clock.now.plusSeconds(60);
      served(two, id, told(two, Window.MINUTE, 60, 59));
      two.keyring.flush();
      one.keyring.following().catchUp();
      assertThat(levels(one, id)).anySatisfy(level -> assertThat(level.limit()).isEqualTo(60));
    }
  }

  @Test
  void what_cannot_be_understood_was_never_learnt() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      var at = rig.clock.now.getEpochSecond();
      var odd =
          """
          [{"model":"m","of":"dreams minute","limit":3},5,null,
           {"model":"m","of":"requests minute","limit":0},
           {"model":"llama-\\"odd\\" 70b","of":"requests minute","limit":7}]\
          """;
      rig.outside("INSERT INTO learnt_limits VALUES ('%s', '%s', %d)".formatted(id, odd, at));
      rig.outside("INSERT INTO learnt_limits VALUES ('nobody', '{not JSON', %d)".formatted(at));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(levels(rig, id))
          .containsExactly(new Level(Kind.REQUESTS, Window.MINUTE, 7, false, 0));
    }
  }

  @Test
  void what_was_learnt_of_an_account_is_not_believed_of_another() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      served(rig, id);
      served(rig, id, told(rig, Window.MINUTE, 10, 9));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(levels(rig, id)).hasSize(1);
      var other =
          new Patch(
              Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("another account"));
      assertThat(rig.keyring.patch(id, other, "me")).isTrue();
      assertThat(levels(rig, id)).isEmpty();
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(levels(rig, id)).isEmpty();
    }
  }
}
