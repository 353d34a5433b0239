package io.onebalance.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.alert.Alert.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Rules RULES =
      new Rules(EnumSet.allOf(Kind.class), 20, 80, Duration.ofSeconds(30), 5);

  private final Watch watch = new Watch();
  private Instant now = START;

  @Test
  void a_pool_that_stays_low_is_told_once_and_told_again_when_it_recovered() {
    assertThat(pool(1, 9, 0)).isEmpty();
    after(29);
    assertThat(pool(1, 9, 0)).isEmpty();
    after(1);
    assertThat(pool(1, 8, 1))
        .containsExactly(
            new Alert(
                Kind.POOL_LOW,
                "groq",
                false,
                "groq: 1 of 10 keys ready, 8 resting, 1 blocked",
                now));
    after(60);
    assertThat(pool(0, 10, 0)).isEmpty();
    assertThat(pool(2, 8, 0)).isEmpty();
    after(30);
    assertThat(pool(2, 8, 0))
        .containsExactly(
            new Alert(
                Kind.POOL_LOW,
                "groq",
                true,
                "groq: 2 of 10 keys ready, 8 resting, 0 blocked",
                now));
    after(60);
    assertThat(pool(2, 8, 0)).isEmpty();
  }

  @Test
  void what_comes_and_goes_is_not_told() {
    for (var i = 0; i < 10; i++) {
      assertThat(pool(0, 10, 0)).isEmpty();
      after(20);
      assertThat(pool(10, 0, 0)).isEmpty();
      after(20);
    }
  }

  @Test
  void a_recovery_that_does_not_last_is_not_told_and_nothing_is_told_twice() {
    pool(0, 10, 0);
    after(30);
    assertThat(pool(0, 10, 0)).hasSize(1);
    assertThat(pool(10, 0, 0)).isEmpty();
    after(10);
    assertThat(pool(0, 10, 0)).isEmpty();
    after(60);
    assertThat(pool(0, 10, 0)).isEmpty();
  }

  @Test
  void a_provider_without_keys_is_not_low() {
    pool(0, 0, 0);
    after(60);
    assertThat(pool(0, 0, 0)).isEmpty();
  }

  @Test
  void a_provider_that_fails_and_serves_nobody_is_down_until_it_serves() {
    assertThat(traffic(0, 5)).isEmpty();
    after(30);
    assertThat(traffic(0, 6))
        .containsExactly(
            new Alert(
                Kind.PROVIDER_DOWN,
                "groq",
                false,
                "groq failed 6 times in the last minute and answered nobody",
                now));
    assertThat(traffic(1, 6)).isEmpty();
    after(30);
    assertThat(traffic(9, 0))
        .containsExactly(new Alert(Kind.PROVIDER_DOWN, "groq", true, "groq answers again", now));
  }

  @Test
  void one_that_serves_some_or_fails_seldom_is_not_down() {
    for (var seen : List.of(List.of(1, 100), List.of(0, 4), List.of(0, 0))) {
      traffic(seen.getFirst(), seen.getLast());
      after(60);
      assertThat(traffic(seen.getFirst(), seen.getLast())).isEmpty();
    }
  }

  @Test
  void blocked_keys_are_told_together_and_few_by_their_names() {
    var blocked = new ArrayList<Sight.Blocked>();
    for (var i = 1; i <= 7; i++) {
      blocked.add(new Sight.Blocked("groq", "k" + i, "invalid"));
    }
    assertThat(look(new Sight(Map.of(), blocked, List.of())))
        .extracting(Alert::message)
        .containsExactly(
            "groq: 7 keys were blocked: k1 (invalid), k2 (invalid), k3 (invalid), k4 (invalid), k5"
                + " (invalid), and 2 more");
    assertThat(look(new Sight(Map.of(), blocked.subList(0, 1), List.of())))
        .extracting(Alert::message)
        .containsExactly("groq: a key was blocked: k1 (invalid)");
  }

  @Test
  void a_budget_is_told_when_it_is_near_and_when_it_is_spent_and_anew_in_the_next_period() {
    assertThat(budget(79)).isEmpty();
    assertThat(budget(80)).extracting(Alert::kind).containsExactly(Kind.BUDGET_NEAR);
    assertThat(budget(99)).isEmpty();
    assertThat(budget(101))
        .containsExactly(
            new Alert(
                Kind.BUDGET_REACHED,
                "team",
                false,
                "phones (team) has spent 101 % of its budget a day",
                now));
    assertThat(budget(130)).isEmpty();
    assertThat(budget(0)).isEmpty();
    assertThat(budget(100)).extracting(Alert::kind).containsExactly(Kind.BUDGET_REACHED);
  }

  @Test
  void kinds_that_nobody_wants_to_hear_are_not_told() {
    var quiet = new Rules(EnumSet.of(Kind.POOL_LOW), 20, 80, Duration.ZERO, 5);
    var sight =
        new Sight(
            Map.of("groq", new Sight.Pool(0, 1, 0, 0, 9)),
            List.of(new Sight.Blocked("groq", "k", "invalid")),
            List.of(new Sight.Budget("team", "phones", "budget a day", 100)));
    assertThat(watch.look(sight, quiet, now))
        .extracting(Alert::kind)
        .containsExactly(Kind.POOL_LOW);
  }

  @Test
  void only_the_last_minute_counts_as_traffic() {
    var traffic = new Traffic();
    traffic.asked("groq", true, false, START);
    traffic.asked("groq", false, true, START.plusSeconds(30));
    traffic.asked("groq", false, false, START.plusSeconds(30));
    assertThat(traffic.of("groq", START.plusSeconds(40))).isEqualTo(new Traffic.Count(1, 1));
    assertThat(traffic.of("groq", START.plusSeconds(70))).isEqualTo(new Traffic.Count(0, 1));
    assertThat(traffic.of("groq", START.plusSeconds(100))).isEqualTo(new Traffic.Count(0, 0));
    assertThat(traffic.of("other", START)).isEqualTo(new Traffic.Count(0, 0));
  }

  private List<Alert> pool(int ready, int resting, int blocked) {
    return look(sight(new Sight.Pool(ready, resting, blocked, 1, 0)));
  }

  private List<Alert> traffic(long served, long failed) {
    return look(sight(new Sight.Pool(10, 0, 0, served, failed)));
  }

  private List<Alert> budget(int percent) {
    return look(
        new Sight(
            Map.of(),
            List.of(),
            List.of(new Sight.Budget("team", "phones", "budget a day", percent))));
  }

  private static Sight sight(Sight.Pool pool) {
    return new Sight(Map.of("groq", pool), List.of(), List.of());
  }

  private List<Alert> look(Sight sight) {
    return watch.look(sight, RULES, now);
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
