package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Counts;
import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BrownoutTest {
  private static final Verdict BUSY = new Verdict.Overloaded("529", Optional.empty());
  private final Stage stage = new Stage("a", "b", "c", "d");

  private int failures(int most) {
    var asked = 0;
    while (asked < most && stage.choose() instanceof Choice.Chosen(var slot)) {
      stage.settle(slot, BUSY);
      asked++;
    }
    return asked;
  }

  @Test
  @DisplayName("a provider that fails with every key is left alone, longer each time; no key rests")
  void a_brownout_rests_the_provider() {
    assertThat(failures(100)).isEqualTo(8);
    var tries = 0;
    for (var second = 0; second < 600; second++) {
      stage.pass(Duration.ofSeconds(1));
      tries += failures(100);
    }
    assertThat(tries).isBetween(25, 40);
    assertThat(stage.pool.counts(stage.now)).isEqualTo(new Counts(4, 0, 0, 0));
  }

  @Test
  @DisplayName("F68 after the clock went back, the provider is left alone no longer than before")
  void a_clock_that_goes_back_prolongs_nothing() {
    failures(100);
    stage.pass(Duration.ofHours(-1));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(1));
    var trial = stage.take();
    stage.pass(Duration.ofHours(-1));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(10));
    stage.settle(stage.take(), Stage.SERVED);
    stage.settle(trial, BUSY);
    assertThat(stage.take()).isNotNull();
  }

  @Test
  void one_request_tries_and_its_success_lets_the_others_in_step_by_step() {
    failures(100);
    stage.pass(Duration.ofSeconds(2));
    var trial = stage.take();
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(Duration.ofSeconds(1)));
    stage.settle(trial, Stage.SERVED);
    assertThat(served(100)).isEqualTo(4);
    assertThat(stage.choose()).isEqualTo(new Choice.Wait(Duration.ofMillis(250)));
    for (var more = 4; more <= 256; more *= 2) {
      stage.pass(Duration.ofMillis(250));
      assertThat(served(1_000)).isEqualTo(more);
    }
    stage.pass(Duration.ofMillis(250));
    assertThat(served(10_000)).as("as before").isEqualTo(10_000);
  }

  /// So many at once, each by a key that answers.
  private int served(int most) {
    var asked = 0;
    while (asked < most && stage.choose() instanceof Choice.Chosen(var slot)) {
      stage.settle(slot, Stage.SERVED);
      asked++;
    }
    return asked;
  }

  @Test
  void a_trial_that_was_called_off_lets_the_next_one_try() {
    failures(100);
    stage.pass(Duration.ofSeconds(2));
    stage.take().settle(new Outcome.Abandoned(), stage.now);
    assertThat(stage.take()).isNotNull();
  }

  @Test
  void failures_among_answers_rest_nobody() {
    for (var i = 0; i < 200; i++) {
      stage.settle(stage.take(), i % 4 == 0 ? Stage.SERVED : BUSY);
    }
    assertThat(stage.pool.counts(stage.now)).isEqualTo(new Counts(4, 0, 0, 0));
  }

  @Test
  void one_failing_key_among_others_is_no_brownout() {
    for (var i = 0; i < 20; i++) {
      stage.settle(stage.takeOnly("a"), BUSY);
    }
    assertThat(stage.take()).isNotNull();
  }

  @Test
  void of_one_key_that_is_left_the_failures_are_the_providers_as_well() {
    for (var id : new String[] {"b", "c", "d"}) {
      stage.pool.block(id, "revoked", stage.now);
    }
    assertThat(failures(100)).isEqualTo(8);
  }

  @Test
  void a_trial_that_takes_long_lets_another_one_try() {
    failures(100);
    stage.pass(Duration.ofSeconds(2));
    var first = stage.take();
    stage.pass(Duration.ofSeconds(9));
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pass(Duration.ofSeconds(2));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.take()).isNotNull();
    stage.settle(first, BUSY);
  }
}
