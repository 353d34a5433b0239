package io.onebalance.store.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  /// In seconds from now: 0 rests not at all.
  private static Standing resting(long seconds) {
    return seconds == 0
        ? Standing.NEW
        : new Standing(
            State.ACTIVE,
            Map.of("m", new Cooling(NOW.plusSeconds(seconds), Duration.ZERO, "429", 0)),
            Duration.ZERO,
            Health.NEW);
  }

  private static long rest(Standing standing) {
    var cooling = standing.coolings().get("m");
    return cooling == null ? 0 : Duration.between(NOW, cooling.until()).toSeconds();
  }

  @ParameterizedTest
  @DisplayName("F80 of two rests the longer one counts; a rest that one of them ended is over")
  @CsvSource({
    // before, mine, theirs, merged
    "0, 0, 0, 0",
    "0, 60, 0, 60",
    "0, 0, 60, 60",
    "0, 60, 90, 90",
    "0, 90, 60, 90",
    "60, 60, 90, 90",
    "60, 90, 60, 90",
    "60, 0, 60, 0",
    "60, 60, 0, 0",
    "60, 0, 90, 90",
    "60, 90, 0, 90",
    "60, 0, 0, 0",
  })
  void rests(long before, long mine, long theirs, long merged) {
    var way = new ThreeWay(resting(before), resting(mine), resting(theirs), NOW);
    assertThat(rest(way.merged())).isEqualTo(merged);
  }

  @Test
  @DisplayName("P18 a rest that nobody ended is never shortened, whatever meets what")
  void never_shorter() {
    var chance = new Random(18);
    for (var i = 0; i < 10_000; i++) {
      var before = chance.nextInt(3) * 30L;
      var mine = before + chance.nextInt(100);
      var theirs = before + chance.nextInt(100);
      var way = new ThreeWay(resting(before), resting(mine), resting(theirs), NOW);
      assertThat(rest(way.merged())).isEqualTo(Math.max(mine, theirs));
    }
  }

  @Test
  void a_block_of_either_side_stays_until_one_lifts_it() {
    var blocked = state(new State.Blocked("leaked", NOW));
    var aside = state(State.SET_ASIDE);
    var active = state(State.ACTIVE);
    assertThat(new ThreeWay(active, blocked, active, NOW).merged().state())
        .isEqualTo(blocked.state());
    assertThat(new ThreeWay(active, active, blocked, NOW).merged().state())
        .isEqualTo(blocked.state());
    assertThat(new ThreeWay(active, aside, blocked, NOW).merged().state())
        .isEqualTo(blocked.state());
    assertThat(new ThreeWay(blocked, blocked, active, NOW).merged().state())
        .isEqualTo(active.state());
    assertThat(new ThreeWay(blocked, active, blocked, NOW).merged().state())
        .isEqualTo(active.state());
    assertThat(new ThreeWay(aside, active, aside, NOW).merged().state()).isEqualTo(active.state());
  }

  private static Standing state(State state) {
    return new Standing(state, Map.of(), Duration.ZERO, Health.NEW);
  }
}
