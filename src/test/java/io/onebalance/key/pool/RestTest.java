package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static io.onebalance.key.pool.Stage.daily;
import static io.onebalance.key.pool.Stage.limited;
import static io.onebalance.key.pool.Stage.untold;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a key rests after a limit.
class RestTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(longs = {1_000, 1_500, 39_200, 65_000, 3_600_000, 80_000_000})
  @DisplayName("F19, F26: a told rest is a lower bound, with at most 10 % and 30 s of jitter")
  void a_told_rest_is_kept(long millis) {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofMillis(millis)));
    var most = millis + Math.min(millis / 10, 30_000);
    assertThat(stage.rest("a").toMillis()).isBetween(millis, most);
  }

  @Test
  @DisplayName("F26: keys limited together don't return together")
  void returns_are_spread() {
    var ids = IntStream.range(0, 100).mapToObj(i -> "k" + i).toArray(String[]::new);
    var stage = new Stage(ids);
    for (var id : ids) {
      stage.settle(id, limited(Duration.ofMinutes(1)));
    }
    assertThat(Stream.of(ids).map(stage::rest).distinct().count()).isGreaterThan(90);
  }

  @Test
  @DisplayName("F25, D22: nonsense is clamped to a second below and a day above")
  void nonsense_is_clamped() {
    for (var told :
        new Duration[] {
          Duration.ofSeconds(-1_800), Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      var stage = new Stage("a");
      stage.settle("a", limited(told));
      assertThat(stage.rest("a").toMillis()).isBetween(1_000L, 1_100L);
      assertThat(stage.standing("a").totalCooling()).isPositive();
    }
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(stage.rest("a")).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void a_limit_that_tells_nothing_rests_65_seconds() {
    var stage = new Stage("a");
    stage.settle("a", untold());
    assertThat(stage.rest("a").toMillis()).isBetween(65_000L, 71_500L);
  }

  @Test
  @DisplayName(
      "F21: a day's quota without a time rests until midnight where the provider's day begins")
  void a_day_ends_at_midnight_of_the_zone() {
    var stage = new Stage("a");
    stage.settle("a", new Verdict.Limited(Verdict.Window.DAY, Optional.empty(), Optional.empty()));
    var until = stage.cooling("a", MODEL).orElseThrow().until();
    assertThat(until)
        .isBetween(Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T08:00:30Z"));
  }

  @Test
  @DisplayName("F21: a month's quota without a time rests until the month begins, a day at most")
  void a_month_ends_with_the_calendar() {
    var stage = new Stage("a");
    var month = new Verdict.Limited(Verdict.Window.MONTH, Optional.empty(), Optional.empty());
    stage.now = Instant.parse("2026-11-30T21:00:00Z");
    stage.settle("a", month);
    assertThat(stage.cooling("a", MODEL).orElseThrow().until())
        .isBetween(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:30Z"));
    stage.pool.reset("a", stage.now);
    stage.pass(Duration.ofDays(10));
    stage.settle("a", month);
    assertThat(stage.rest("a")).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void a_day_that_lasts_a_minute_rests_no_key_until_midnight() {
    var aMinute = Windows.UNTOLD.withDay("60s");
    var stage = new Stage(new Policy(2, 5, Map.of("google", aMinute)), "google");
    stage.add(Keys.key("a"));
    stage.pass(Duration.ofSeconds(20));
    stage.settle("a", Stage.SERVED);
    stage.settle("a", daily(Duration.ofHours(20)));
    assertThat(stage.rest("a").toMillis()).isBetween(40_000L, 44_000L);
    stage.pass(Duration.ofSeconds(45));
    assertThat(stage.choose()).isInstanceOf(Choice.Chosen.class);
  }

  /// Refusals that come late over the wire look as if somebody else used the key.
  @Test
  void a_key_that_is_refused_with_room_left_is_held_for_the_minutes_of_its_provider() {
    var shortened = Windows.UNTOLD.withMinute("2s clock");
    var stage = new Stage(new Policy(2, 5, Map.of("google", shortened)), "google");
    stage.add(Keys.key("a"));
    stage.settle("a", Stage.SERVED);
    var slots = Stream.generate(() -> stage.takeOnly("a")).limit(6).toList();
    var quota = new Verdict.Quota("GenerateRequestsPerMinute", Optional.of(10L));
    var second = Optional.of(Duration.ofSeconds(1));
    for (var slot : slots) {
      stage.settle(slot, new Verdict.Limited(Verdict.Window.MINUTE, second, Optional.of(quota)));
    }
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(10));
    assertThat(stage.choose()).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void a_day_of_a_provider_without_a_zone_lasts_24_hours() {
    var stage = new Stage(new Policy(2, 5), "groq");
    stage.add(Keys.key("a"));
    stage.settle("a", new Verdict.Limited(Verdict.Window.DAY, Optional.empty(), Optional.empty()));
    assertThat(stage.rest("a")).isEqualTo(Duration.ofHours(24));
  }

  @Test
  @DisplayName(
      "D21: the second limit in a row without a told time, after the first had ended, is long")
  void the_threshold_makes_the_rest_long() {
    var stage = new Stage("a");
    stage.settle("a", untold());
    stage.pass(Duration.ofSeconds(72));
    stage.settle("a", untold());
    assertThat(stage.rest("a")).isGreaterThan(Duration.ofHours(19));
    assertThat(stage.cooling("a", MODEL).orElseThrow().strikes()).isEqualTo(2);
  }

  @Test
  @DisplayName("D21: being served ends the row")
  void being_served_ends_the_row() {
    var stage = new Stage("a");
    for (var round = 0; round < 5; round++) {
      stage.settle("a", untold());
      stage.pass(Duration.ofSeconds(72));
      stage.settle("a", Stage.SERVED);
      stage.pass(Duration.ofSeconds(72));
    }
    stage.settle("a", untold());
    assertThat(stage.rest("a").toSeconds()).isBetween(65L, 72L);
  }

  @Test
  @DisplayName(
      "D21, D14: rows are counted by model, and only limits without hint and quota id count")
  void rows_are_counted_by_model() {
    var stage = new Stage("a");
    stage.settle("a", untold());
    Stage.slot(stage.pool.chooseOnly("a", "other", stage.now))
        .settle(new Outcome.Judged(untold(), Duration.ZERO), stage.now);
    stage.pass(Duration.ofSeconds(72));
    stage.settle("a", limited(Duration.ofSeconds(5)));
    stage.pass(Duration.ofSeconds(6));
    stage.settle("a", untold());
    assertThat(stage.rest("a").toSeconds()).isLessThan(72);
  }

  @Test
  @DisplayName(
      "D25, D43: limits of requests sent before the rest began count once, in strikes and totals")
  void parallel_limits_count_once() {
    var stage = new Stage("a");
    var slots = Stream.generate(() -> stage.takeOnly("a")).limit(10).toList();
    slots.forEach(slot -> stage.settle(slot, untold()));
    var cooling = stage.cooling("a", MODEL).orElseThrow();
    assertThat(cooling.strikes()).isEqualTo(1);
    assertThat(stage.standing("a").totalCooling()).isEqualTo(stage.rest("a"));
    assertThat(cooling.total()).isEqualTo(stage.rest("a"));
  }

  @Test
  @DisplayName(
      "D43: a longer rest replaces a shorter one, never the reverse, and only the rest counts")
  void a_longer_rest_replaces_a_shorter_one() {
    var stage = new Stage("a");
    var minute = stage.takeOnly("a");
    var hour = stage.takeOnly("a");
    var second = stage.takeOnly("a");
    stage.settle(minute, limited(Duration.ofMinutes(1)));
    stage.settle(hour, limited(HOUR));
    stage.settle(second, limited(Duration.ofSeconds(1)));
    assertThat(stage.rest("a")).isBetween(HOUR, HOUR.plusSeconds(30));
    assertThat(stage.standing("a").totalCooling()).isEqualTo(stage.rest("a"));
  }

  @Test
  @DisplayName("D43: what has ended is no longer shown, the total stays")
  void ended_coolings_are_pruned() {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.standing("a").coolings()).isEmpty();
    assertThat(stage.standing("a").totalCooling()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }
}
