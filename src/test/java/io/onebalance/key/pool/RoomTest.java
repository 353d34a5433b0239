package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Ask;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Requests that need more than the keys have left now, though no key is used up.
class RoomTest {
  private static final Need LARGE = new Need(60_000, 0);

  private final Stage stage = new Stage();

  /// Keys of 100,000 input tokens a minute, of which each has used so many.
  private void keys(int count, long used) {
    for (var i = 0; i < count; i++) {
      stage.add(Keys.key("k" + i));
    }
    for (var i = 0; i < count; i++) {
      stage.settle("k" + i, Stage.SERVED);
    }
    stage.pass(Duration.ofMinutes(2));
    for (var i = 0; i < count; i++) {
      var slot = stage.takeOnly("k" + i);
      slot.told(List.of(tokens(100_000 - used)), stage.now);
      slot.used(used, 0, 0);
      stage.settle(slot, Stage.SERVED);
    }
  }

  private Allowance tokens(long left) {
    var reset = Optional.of(stage.now.plusSeconds(60));
    return new Allowance(Allowance.Kind.INPUT_TOKENS, Window.MINUTE, 100_000, left, reset);
  }

  private Choice choose(Need need, Set<String> asked) {
    return stage.pool.choose(Ask.of(Stage.MODEL).needing(need).without(asked), stage.now);
  }

  @Test
  void what_is_too_large_for_now_waits_until_a_key_has_room_for_it() {
    keys(1, 50_000);
    assertThat(choose(LARGE, Set.of())).isInstanceOf(Choice.Wait.class);
    var rest = ((Choice.Wait) choose(LARGE, Set.of())).rest();
    assertThat(rest).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(62));
    assertThat(choose(new Need(1000, 0), Set.of())).isInstanceOf(Choice.Chosen.class);
    stage.pass(rest);
    assertThat(choose(LARGE, Set.of())).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void a_key_that_was_asked_already_is_not_waited_for() {
    keys(1, 50_000);
    assertThat(choose(LARGE, Set.of("k0"))).isInstanceOf(Choice.None.class);
  }

  @Test
  void the_one_key_with_room_is_found_among_hundreds_without() {
    keys(300, 50_000);
    stage.add(Keys.key("fresh"));
    var found = new ArrayList<String>();
    for (var look = 0; look < 10 && found.isEmpty(); look++) {
      switch (choose(LARGE, Set.of())) {
        case Choice.Chosen(var slot) -> found.add(slot.key().id());
        case Choice.Wait(var rest) -> {
          assertThat(rest).as("the others were not looked at yet").isEqualTo(Duration.ofMillis(64));
          stage.pass(rest);
        }
        case Choice.None none -> throw new AssertionError(none);
      }
    }
    assertThat(found).containsExactly("fresh");
  }
}
