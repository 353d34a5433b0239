package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.quota.Headroom;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plays a pool against a pretend provider that keeps to limits which nobody told us.
class QuotaTest {
  /// What the provider does with each key: so many requests in the last minute, or in each minute
  /// of the clock.
  static final class Truth {
    final boolean byClock;
    final Map<String, Integer> limits = new HashMap<>();
    final Map<String, Deque<Instant>> served = new HashMap<>();
    int attempts;
    int successes;

    Truth(boolean byClock) {
      this.byClock = byClock;
    }

    /// Keys whose numbers have the same rest when divided by this share their limits; 0: none do.
    int projects;

    private String sharedBy(String key) {
      return projects == 0 ? key : "project " + Integer.parseInt(key.substring(1)) % projects;
    }

    /// As Google words it where limits are shared; else without a word.
    private Verdict refusal(Instant first, Instant now) {
      if (projects == 0) {
        return new Verdict.Limited(Window.UNKNOWN, Optional.empty(), Optional.empty());
      }
      var rest = Duration.between(now, first.plusSeconds(60));
      var quota =
          new Verdict.Quota("GenerateRequestsPerMinutePerProjectPerModel", Optional.of(10L));
      return new Verdict.Limited(Window.MINUTE, Optional.of(rest), Optional.of(quota));
    }

    Verdict ask(String key, Instant now) {
      attempts++;
      var counted = served.computeIfAbsent(sharedBy(key), _ -> new ArrayDeque<>());
      var from =
          byClock
              ? Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60).minusMillis(1)
              : now.minusSeconds(60);
      while (!counted.isEmpty() && !counted.peekFirst().isAfter(from)) {
        counted.removeFirst();
      }
      if (counted.size() >= limits.getOrDefault(key, 10)) {
        return refusal(counted.getFirst(), now);
      }
      counted.add(now);
      successes++;
      return Stage.SERVED;
    }
  }

  private final Stage stage = new Stage();
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Instant> waiting = new ArrayList<>();

  /// `perMinute` requests a minute by chance, each waiting for at most 10 s; how many were served.
  private int play(Truth truth, double perMinute, Duration time) {
    var end = stage.now.plus(time);
    var next = stage.now;
    var before = truth.successes;
    while (stage.now.isBefore(end)) {
      while (!next.isAfter(stage.now)) {
        waiting.add(next);
        next = next.plusMillis((long) (-Math.log(1 - random.nextDouble()) * 60_000 / perMinute));
      }
      waiting.removeIf(since -> since.isBefore(stage.now.minusSeconds(10)));
      while (!waiting.isEmpty() && serve(truth)) {
        waiting.removeFirst();
      }
      stage.pass(Duration.ofMillis(20));
    }
    return truth.successes - before;
  }

  private boolean serve(Truth truth) {
    while (stage.choose() instanceof Choice.Chosen(var slot)) {
      var verdict = truth.ask(slot.key().id(), stage.now);
      slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(1)), stage.now);
      if (verdict instanceof Verdict.Served) {
        return true;
      }
    }
    return false;
  }

  private void keys(int count) {
    for (var i = 0; i < count; i++) {
      stage.add(Keys.key("k" + i));
    }
  }

  private static Verdict comeBackIn(int seconds) {
    return new Verdict.Limited(
        Window.UNKNOWN, Optional.of(Duration.ofSeconds(seconds)), Optional.empty());
  }

  private void serveEachSecond(int times) {
    for (var i = 0; i < times; i++) {
      stage.settle("a", Stage.SERVED);
      stage.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void who_may_come_back_while_all_still_counts_has_met_no_limit_of_a_minute() {
    stage.add(Keys.key("a"));
    for (var round = 0; round < 5; round++) {
      serveEachSecond(3);
      stage.settle("a", comeBackIn(1));
      assertThat(stage.pool.limits().learnt("a", stage.now)).isEmpty();
      assertThat(stage.rest("a")).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
      stage.pass(Duration.ofSeconds(2));
    }
  }

  @Test
  void who_is_refused_again_after_that_has_met_one() {
    stage.add(Keys.key("a"));
    serveEachSecond(3);
    stage.settle("a", comeBackIn(1));
    stage.pass(Duration.ofSeconds(2));
    stage.settle("a", comeBackIn(1));
    assertThat(stage.pool.limits().learnt("a", stage.now)).isNotEmpty();
  }

  @Test
  void a_rest_until_the_first_counts_no_more_tells_of_a_limit() {
    stage.add(Keys.key("a"));
    serveEachSecond(3);
    stage.settle("a", comeBackIn(57));
    assertThat(stage.pool.limits().learnt("a", stage.now)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ash", "asd", "ipm", "rph", "tph", "requests_per_hour"})
  void a_quota_of_what_is_not_counted_is_no_limit_of_requests(String id) {
    stage.add(Keys.key("a"));
    stage.settle("a", Stage.SERVED);
    var quota = Optional.of(new Verdict.Quota(id, Optional.of(7200L)));
    var rest = Duration.ofSeconds(25);
    stage.settle("a", new Verdict.Limited(Window.UNKNOWN, Optional.of(rest), quota));
    assertThat(stage.pool.limits().learnt("a", stage.now)).isEmpty();
    assertThat(stage.rest("a")).isBetween(rest, Duration.ofSeconds(28));
  }

  @ParameterizedTest
  @CsvSource({
    "false, 300, 0.995, 1.02",
    "false, 450, 0.99, 1.02",
    "false, 500, 0.98, 1.02",
    "false, 600, 0.985, 1.02",
    "false, 1000, 0.985, 1.02",
    "true, 300, 0.995, 1.02",
    "true, 450, 0.99, 1.03",
    "true, 500, 0.97, 1.03",
    "true, 1000, 0.98, 1.03"
  })
  void limits_are_learnt_by_counting_and_then_kept(
      boolean byClock, double perMinute, double served, double attempts) {
    keys(50);
    var truth = new Truth(byClock);
    var all = play(truth, perMinute, Duration.ofMinutes(60));
    var possible = Math.min(perMinute, 500) * 60;
    assertThat(all / possible).isGreaterThan(served);
    assertThat((double) truth.attempts / truth.successes).isLessThan(attempts);
  }

  @Test
  void limits_that_were_raised_are_found_and_those_that_were_lowered_cost_little() {
    keys(50);
    var truth = new Truth(false);
    play(truth, 450, Duration.ofMinutes(30));
    for (var i = 0; i < 50; i++) {
      truth.limits.put("k" + i, 5);
    }
    truth.attempts = truth.successes = 0;
    var low = play(truth, 450, Duration.ofMinutes(60));
    for (var i = 0; i < 50; i++) {
      truth.limits.put("k" + i, 20);
    }
    truth.attempts = truth.successes = 0;
    var high = play(truth, 900, Duration.ofMinutes(60));
    assertThat(low / 15000.0).isGreaterThan(0.95);
    assertThat(high / 54000.0).isGreaterThan(0.9);
  }

  @Test
  void keys_that_share_their_limits_are_found_and_cost_little() {
    keys(40);
    var truth = new Truth(false);
    truth.projects = 8;
    play(truth, 72, Duration.ofMinutes(60));
    truth.attempts = truth.successes = 0;
    var served = play(truth, 72, Duration.ofHours(2));
    assertThat(served).isGreaterThan((int) (0.97 * 72 * 120));
    assertThat((double) truth.attempts / truth.successes).isLessThan(1.05);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void no_key_is_used_above_a_known_quota_and_none_with_room_stands_idle(long seed) {
    var play = new SplittableRandom(seed);
    keys(6);
    var used = new HashMap<String, Deque<Instant>>();
    for (var step = 0; step < 20_000; step++) {
      stage.pass(Duration.ofMillis(play.nextLong(2_000)));
      used.values().forEach(times -> times.removeIf(this::isOver));
      switch (stage.choose()) {
        case Choice.Chosen(var slot) -> {
          var times = used.computeIfAbsent(slot.key().id(), _ -> new ArrayDeque<>());
          times.add(stage.now);
          if (step > 100) {
            assertThat(times.size()).isLessThanOrEqualTo(limit(slot));
          }
          slot.told(List.of(told(slot, times.size())), stage.now);
          var how = play.nextInt(5) == 0 ? new Outcome.Abandoned() : SERVED;
          slot.settle(how, stage.now);
        }
        case Choice.Wait(var rest) -> {
          assertThat(rest).isLessThanOrEqualTo(Duration.ofSeconds(62));
          assertThat(used.entrySet())
              .allMatch(e -> e.getValue().size() + SLACK >= limit(e.getKey()));
        }
        case Choice.None none -> throw new AssertionError(none);
      }
    }
  }

  private static final Outcome SERVED = new Outcome.Judged(Stage.SERVED, Duration.ofMillis(1));

  /// What was used just a minute ago may still count for us.
  private static final int SLACK = 2;

  private boolean isOver(Instant at) {
    return !at.isAfter(stage.now.minusSeconds(60));
  }

  private static int limit(Slot slot) {
    return limit(slot.key().id());
  }

  private static int limit(String key) {
    return 3 + key.charAt(1) - '0';
  }

  private Allowance told(Slot slot, int used) {
    return new Allowance(
        Allowance.Kind.REQUESTS,
        Window.MINUTE,
        limit(slot),
        Math.max(0, limit(slot) - used),
        Optional.of(stage.now.plusSeconds(60)));
  }

  @Test
  void headroom_is_the_sum_over_quotas_each_counted_once() {
    stage.add(Keys.key("k0", "shared", 1));
    stage.add(Keys.key("k1", "shared", 1));
    stage.add(Keys.key("k2"));
    stage.add(Keys.key("unused"));
    for (var id : List.of("k0", "k1", "k2", "k0", "k1", "k2")) {
      var slot = stage.takeOnly(id);
      slot.told(List.of(told(10, 5)), stage.now);
      stage.settle(slot, Stage.SERVED);
    }
    assertThat(stage.pool.limits().headroom(stage.now))
        .containsExactly(
            new Headroom(Stage.MODEL, Allowance.Kind.REQUESTS, Window.MINUTE, 2, 20, 10));
    assertThat(stage.pool.limits().headroom(stage.now).getFirst().left()).isEqualTo(10);
    assertThat(stage.pool.limits().quotas("k2", stage.now)).containsOnlyKeys(Stage.MODEL);
    assertThat(stage.pool.limits().quotas("unused", stage.now)).isEmpty();
    assertThat(stage.pool.limits().quotas("nobody", stage.now)).isEmpty();
  }

  private Allowance told(long limit, long left) {
    var reset = Optional.of(stage.now.plusSeconds(60));
    return new Allowance(Allowance.Kind.REQUESTS, Window.MINUTE, limit, left, reset);
  }

  @Test
  void a_limit_that_was_named_once_is_at_most_doubled_when_one_more_is_served() {
    stage.add(Keys.key("k0"));
    stage.settle("k0", Stage.SERVED);
    var named = new Verdict.Quota("GenerateRequestsPerMinutePerProjectPerModel", Optional.of(2L));
    var rest = Optional.of(Duration.ofSeconds(1));
    stage.settle("k0", new Verdict.Limited(Window.MINUTE, rest, Optional.of(named)));
    stage.pass(Duration.ofMinutes(3));
    for (var request = 1; request <= 4; request++) {
      stage.settle(stage.take(), Stage.SERVED);
    }
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
  }

  /// Somebody tests the key, whatever stands in its way.
  @Test
  void a_limit_that_an_answer_tells_stands_though_that_was_served_beyond_it() {
    stage.add(Keys.key("k0"));
    for (var left = 1; left >= 0; left--) {
      var slot = stage.takeOnly("k0");
      slot.told(List.of(told(2, left)), stage.now);
      stage.settle(slot, Stage.SERVED);
    }
    stage.pass(Duration.ofSeconds(1));
    var test = stage.pool.slotForTest("k0", Stage.MODEL, stage.now).orElseThrow();
    test.told(List.of(told(2, 0)), stage.now);
    stage.settle(test, Stage.SERVED);
    assertThat(stage.pool.chooseOnly("k0", Stage.MODEL, stage.now)).isInstanceOf(Choice.Wait.class);
  }

  /// The first request of all is not counted by us, for no limit is known yet.
  @Test
  void who_says_with_an_answer_that_nothing_is_left_is_not_asked_again() {
    stage.add(Keys.key("k0"));
    for (var left = 1; left >= 0; left--) {
      var slot = stage.takeOnly("k0");
      stage.pass(Duration.ofMillis(20));
      slot.told(List.of(told(2, left)), stage.now);
      stage.settle(slot, Stage.SERVED);
    }
    stage.pass(Duration.ofSeconds(1));
    assertThat(stage.pool.chooseOnly("k0", Stage.MODEL, stage.now)).isInstanceOf(Choice.Wait.class);
  }
}
