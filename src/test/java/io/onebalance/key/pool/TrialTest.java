package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.daily;
import static io.onebalance.key.pool.Stage.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How a key that rests comes back: one live request tries it, at the end of the rest or before.
class TrialTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  @DisplayName("F26 one live request tries a key that rested; the others wait for what it finds")
  void others_wait_while_a_key_is_tried() {
    var stage = rested();
    stage.take();
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
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
  void the_first_byte_of_an_answer_ends_the_trial_while_the_stream_runs_on() {
    var stage = rested();
    var stream = stage.take();

    stream.answered(Duration.ofMillis(300), stage.now);

    assertThat(stage.standing("a").health().latency()).isEqualTo(Duration.ofMillis(300));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.pool.inFlight()).isEqualTo(1);
    stream.settle(new Outcome.Abandoned(), stage.now);
    assertThat(stage.pool.inFlight()).isZero();
  }

  private static Stage rested() {
    var stage = new Stage("a");
    stage.settle("a", limited(Duration.ofSeconds(10)));
    stage.pass(Duration.ofMinutes(1));
    return stage;
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
