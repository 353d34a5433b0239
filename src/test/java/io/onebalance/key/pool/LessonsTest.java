package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static io.onebalance.key.pool.Stage.daily;
import static io.onebalance.key.pool.Stage.exhausted;
import static io.onebalance.key.pool.Stage.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Counts;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
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

/// What the answers of a provider teach about a key, and about those of its account.
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

  @Test
  @DisplayName("D14: a key limited for one model serves the others")
  void a_limit_concerns_its_model_alone() {
    var stage = new Stage("a");
    stage.settle("a", limited(HOUR));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    assertThat(stage.pool.choose("other", Set.of(), stage.now)).isInstanceOf(Choice.Chosen.class);
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
}
