package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static io.onebalance.key.pool.Stage.daily;
import static io.onebalance.key.pool.Stage.exhausted;
import static io.onebalance.key.pool.Stage.limited;
import static io.onebalance.key.pool.Stage.untold;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LessonsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /// A verdict, and where it leaves a key that was active, was set aside meanwhile, or was blocked.
  static Stream<Arguments> verdicts() {
    return Stream.of(
        Arguments.of(Stage.SERVED, "active", "active", "blocked"),
        Arguments.of(new Verdict.Mistaken("400"), "active", "aside", "blocked"),
        Arguments.of(new Verdict.Astray("2009"), "active", "aside", "blocked"),
        Arguments.of(new Verdict.Faulted("reset"), "active", "aside", "blocked"),
        Arguments.of(new Verdict.Overloaded("529", Optional.empty()), "active", "aside", "blocked"),
        Arguments.of(new Verdict.Dead("revoked"), "blocked", "blocked", "blocked"),
        Arguments.of(new Verdict.Doubted("403"), "aside", "aside", "blocked"),
        Arguments.of(new Verdict.NoAccess("tier", HOUR), "cooling", "aside", "blocked"),
        Arguments.of(new Verdict.Unpermitted("scope"), "active", "aside", "blocked"),
        Arguments.of(limited(HOUR), "cooling", "aside", "blocked"),
        Arguments.of(exhausted(), "cooling *", "aside", "blocked"));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  @DisplayName("F22: each verdict leaves a key in the state its scope asks for")
  void a_verdict_leads_to_a_state(Verdict verdict, String active, String aside, String blocked) {
    assertThat(after(verdict, _ -> {})).isEqualTo(active);
    assertThat(after(verdict, s -> s.settle(s.takeOnly("a"), new Verdict.Doubted("401"))))
        .isEqualTo(aside);
    assertThat(after(verdict, s -> s.pool.block("a", "by hand", s.now))).isEqualTo(blocked);
  }

  private static String after(Verdict verdict, Consumer<Stage> meanwhile) {
    var stage = new Stage("a");
    var slot = stage.takeOnly("a");
    meanwhile.accept(stage);
    stage.settle(slot, verdict);
    return switch (stage.standing("a").state()) {
      case State.Blocked _ -> "blocked";
      case State.SetAside _ -> "aside";
      case State.Active _ when stage.cooling("a", Cooling.WHOLE_KEY).isPresent() -> "cooling *";
      case State.Active _ when stage.cooling("a", MODEL).isPresent() -> "cooling";
      case State.Active _ -> "active";
    };
  }

  @Test
  @DisplayName("D9, D13, F24, F76: nobody else's fault ever costs a key, however often it comes")
  void faults_of_others_cost_nothing() {
    var stage = new Stage("a", "b");
    var faults =
        Set.<Verdict>of(
            new Verdict.Mistaken("404"),
            new Verdict.Astray("region"),
            new Verdict.Faulted("timeout"),
            new Verdict.Overloaded("503", Optional.of(HOUR)));
    for (var round = 0; round < 100; round++) {
      faults.forEach(fault -> stage.settle(stage.take(), fault));
    }
    stage.pass(Duration.ofSeconds(30));
    assertThat(stage.standing("a")).isEqualTo(Standing.NEW);
    assertThat(stage.standing("b")).isEqualTo(Standing.NEW);
    assertThat(stage.changed).isEmpty();
  }

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

  @Test
  @DisplayName("D14: a key limited for one model serves the others")
  void a_limit_concerns_its_model_alone() {
    var stage = new Stage("a");
    stage.settle("a", limited(HOUR));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    assertThat(stage.pool.choose("other", Set.of(), stage.now)).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  @DisplayName("F26: after a rest one live request tries; served, the key is ready again")
  void one_trial_then_ready() {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.pass(Duration.ofMinutes(2));
    var trial = stage.take();
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(Duration.ofSeconds(1)));
    stage.settle(trial, Stage.SERVED);
    stage.take();
    stage.take();
  }

  @Test
  @DisplayName("F37: a trial whose client left is given back, and the next request tries")
  void an_abandoned_trial_is_given_back() {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.pass(Duration.ofMinutes(2));
    stage.take().settle(new Outcome.Abandoned(), stage.now);
    stage.take();
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    assertThat(stage.pool.inFlight()).isEqualTo(1);
  }

  @Test
  @DisplayName("F21: what is exhausted rests as a whole, with every key of its account")
  void exhaustion_concerns_the_account() {
    var stage = new Stage();
    stage.add(Keys.key("a", "acme", 1));
    stage.add(Keys.key("b", "acme", 1));
    stage.add(Keys.key("c", "", 1));
    stage.add(Keys.key("d", "", 1));
    stage.settle("a", exhausted());
    assertThat(stage.restOfWhole("a")).isGreaterThanOrEqualTo(Duration.ofHours(2));
    assertThat(stage.restOfWhole("b")).isEqualTo(stage.restOfWhole("a"));
    assertThat(stage.changed).containsExactlyInAnyOrder("a", "b");
    stage.settle("c", exhausted());
    assertThat(stage.restOfWhole("d")).isZero();
    assertThat(stage.standing("a").health().consecutiveFailures()).isEqualTo(1);
    assertThat(stage.standing("b").health().consecutiveFailures()).isZero();
  }

  @Test
  @DisplayName("F21: a key out of credit is tried early at growing gaps; paid, its account is back")
  void a_key_out_of_credit_is_tried_early_at_growing_gaps() {
    var stage = new Stage();
    stage.add(Keys.key("a", "acme", 1));
    stage.add(Keys.key("b", "acme", 1));
    var out = new Verdict.Exhausted("no credit", Duration.ofHours(24));
    stage.settle("a", out);
    stage.pass(Duration.ofMinutes(14));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofMinutes(2));
    var trial = stage.take();
    assertThat(trial.key().id()).isEqualTo("a");
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.settle(trial, out);
    assertThat(stage.standing("a").health().consecutiveFailures()).isEqualTo(1);
    stage.pass(Duration.ofMinutes(59));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofMinutes(2));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.restOfWhole("a")).isZero();
    assertThat(stage.restOfWhole("b")).isZero();
    assertThat(stage.pool.choose("other", Set.of(), stage.now)).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void a_key_out_of_credit_is_tried_early_for_whichever_model_is_asked_first() {
    var stage = new Stage("a");
    stage.settle("a", new Verdict.Exhausted("no credit", Duration.ofHours(24)));
    stage.pass(Duration.ofMinutes(16));
    var trial = Stage.slot(stage.pool.choose("other", Set.of(), stage.now));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    trial.settle(new Outcome.Abandoned(), stage.now);
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofMinutes(16));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.restOfWhole("a")).isZero();
  }

  @Test
  @DisplayName("F21: a spent day is spent for every key of the account, for that model")
  void a_spent_day_concerns_the_account() {
    var stage = new Stage();
    stage.add(Keys.key("a", "acme", 1));
    stage.add(Keys.key("b", "acme", 1));
    stage.settle("a", daily(Duration.ofHours(8)));
    assertThat(stage.rest("b")).isGreaterThanOrEqualTo(Duration.ofHours(8));
    assertThat(stage.restOfWhole("b")).isZero();
  }

  @Test
  @DisplayName(
      "P12, F22: a doubted key is set aside; convicted it is blocked, acquitted it is back")
  void doubts_are_judged() {
    var stage = new Stage("a", "b");
    stage.settle("a", new Verdict.Doubted("401"));
    stage.settle("b", new Verdict.Doubted("401"));
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(Duration.ofSeconds(1)));
    stage.pool.convict("a", "401 where another key was served", "", stage.now);
    stage.pool.acquit("b", "", stage.now);
    assertThat(stage.standing("a").state())
        .isEqualTo(new State.Blocked("401 where another key was served", stage.now));
    assertThat(stage.take().key().id()).isEqualTo("b");
    assertThat(stage.standing("b").health().consecutiveFailures()).isZero();
  }

  @Test
  @DisplayName("F27: a poison request neither blocks nor benches anybody")
  void a_poison_request_harms_nobody() {
    var ids = IntStream.range(0, 10).mapToObj(i -> "k" + i).toArray(String[]::new);
    var stage = new Stage(ids);
    for (var round = 0; round < 200; round++) {
      var slot = stage.take();
      stage.settle(slot, new Verdict.Doubted("403"));
      stage.pool.acquit(slot.key().id(), "", stage.now);
      stage.pool.convict(slot.key().id(), "too late", "", stage.now);
    }
    assertThat(stage.pool.counts(stage.now)).isEqualTo(new Counts(10, 0, 0, 0));
  }

  @Test
  void a_key_that_nobody_judged_returns_by_itself() {
    var stage = new Stage("a");
    stage.settle("a", new Verdict.Doubted("401"));
    stage.pass(Duration.ofMinutes(16));
    stage.take();
    assertThat(stage.standing("a").state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("D9: failures of its own making bench a key for an hour, then one request tries")
  void failures_bench() {
    var stage = new Stage("a", "b");
    fail(stage, 5);
    assertThat(stage.restOfWhole("a")).isBetween(HOUR, HOUR.plusSeconds(30));
    stage.pass(Duration.ofMinutes(62));
    var trial = stage.takeOnly("a");
    assertThat(stage.pool.chooseOnly("a", MODEL, stage.now)).isInstanceOf(Choice.Wait.class);
    stage.settle(trial, Stage.SERVED);
    assertThat(stage.standing("a").health().consecutiveFailures()).isZero();
    stage.takeOnly("a");
    stage.takeOnly("a");
  }

  @Test
  @DisplayName("F22 what a request without a model may not do closes no key to the others")
  void no_access_without_a_model_teaches_nothing() {
    var stage = new Stage("a");
    for (var round = 0; round < 10; round++) {
      var slot = Stage.slot(stage.pool.choose("", Set.of(), stage.now));
      stage.settle(slot, new Verdict.NoAccess("no access", HOUR));
    }
    assertThat(stage.standing("a")).isEqualTo(Standing.NEW);
  }

  @Test
  @DisplayName("F22 a key that lacks what another had rests for the model, and is tried early")
  void a_lacking_key_rests_for_the_model() {
    var stage = new Stage("a");
    stage.settle("a", new Verdict.Unpermitted("scope"));
    stage.pool.lacks("a", "", "scope", "", stage.now);
    assertThat(stage.standing("a")).isEqualTo(Standing.NEW);
    stage.pool.lacks("a", MODEL, "scope", "", stage.now);
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofMinutes(16));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.standing("a").coolings()).isEmpty();
  }

  @Test
  void hopeless_keys_are_told_to_the_cleanup() {
    var stage = new Stage("a", "b");
    fail(stage, 50);
    assertThat(stage.pools.policy().givesUpOn(stage.standing("a").health())).isFalse();
    fail(stage, 1);
    assertThat(stage.pools.policy().givesUpOn(stage.standing("a").health())).isTrue();
  }

  private static void fail(Stage stage, int times) {
    for (var i = 0; i < times; i++) {
      stage.pass(Duration.ofHours(2));
      stage.settle("a", new Verdict.NoAccess("no access", Duration.ofSeconds(1)));
    }
  }

  @Test
  void long_rests_are_probed_early_at_growing_gaps_when_nothing_better_is_left() {
    var stage = new Stage("a", "b");
    stage.settle("a", daily(Duration.ofHours(20)));
    stage.pass(Duration.ofMinutes(16));
    stage.settle(stage.take(), Stage.SERVED);
    stage.settle("b", daily(Duration.ofHours(20)));
    var probe = stage.take();
    assertThat(probe.key().id()).isEqualTo("a");
    stage.settle(probe, daily(Duration.ofHours(19)));
    stage.pass(Duration.ofMinutes(16));
    assertThat(stage.take().key().id()).isEqualTo("b");
    stage.pass(Duration.ofMinutes(46));
    assertThat(stage.take().key().id()).isEqualTo("a");
  }

  @Test
  void probes_of_one_model_keep_a_distance() {
    var ids = IntStream.range(0, 50).mapToObj(i -> "k" + i).toArray(String[]::new);
    var stage = new Stage(ids);
    for (var id : ids) {
      stage.settle(id, daily(Duration.ofHours(8)));
    }
    stage.pass(Duration.ofMinutes(20));
    stage.settle(stage.take(), daily(Duration.ofHours(8)));
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(Duration.ofSeconds(10)));
  }

  @Test
  void a_probe_that_is_served_ends_the_rest() {
    var stage = new Stage("a");
    stage.settle("a", daily(Duration.ofHours(20)));
    stage.pass(Duration.ofMinutes(16));
    stage.settle(stage.take(), Stage.SERVED);
    stage.take();
    assertThat(stage.standing("a").coolings()).isEmpty();
  }

  @Test
  @DisplayName("F68: after the clock went back a day, no rest is longer than it was meant to be")
  void a_clock_that_goes_back_prolongs_nothing() {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.pass(Duration.ofDays(-1));
    assertThat(stage.choose())
        .isInstanceOfSatisfying(
            Choice.Wait.class, wait -> assertThat(wait.rest()).isLessThan(Duration.ofSeconds(67)));
    stage.pass(Duration.ofSeconds(67));
    stage.take();
  }

  @Test
  @DisplayName("F68: a key that is counted has room again as soon as without the turn of the clock")
  void a_clock_that_goes_back_keeps_no_room_away() {
    var stage = new Stage("a");
    stage.settle("a", Stage.SERVED);
    stage.pass(Duration.ofMinutes(2));
    stage.settle("a", limited(Duration.ofSeconds(40)));
    stage.pass(Duration.ofDays(-1));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(67));
    stage.settle(stage.take(), Stage.SERVED);
  }

  @Test
  @DisplayName("F68, F76: after the clock leapt, keys are tried one request each, none is out")
  void a_clock_that_leaps_ejects_nobody() {
    var stage = new Stage("a", "b");
    stage.settle("a", limited(HOUR));
    var slot = stage.takeOnly("b");
    stage.pass(Duration.ofDays(1));
    stage.settle(slot, new Verdict.Faulted("timed out"));
    var taken = Stream.generate(() -> stage.take().key().id()).limit(2);
    assertThat(taken).containsExactlyInAnyOrder("a", "b");
  }
}
