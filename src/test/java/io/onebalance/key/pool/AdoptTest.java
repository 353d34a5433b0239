package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What other instances learnt of keys, in a pool.
class AdoptTest {
  private static Standing resting(Instant until) {
    var cooling = new Cooling(until, Duration.ofHours(20), "quota of a day", 0);
    return new Standing(
        State.ACTIVE, Map.of(Stage.MODEL, cooling), Duration.ofHours(20), Health.NEW);
  }

  private static final Duration LONG = Duration.ofHours(20);

  @Test
  @DisplayName("F81 who learnt of a long rest probes it early; who only heard of it does not")
  void one_probes() {
    var learnt = new Stage("a");
    learnt.settle("a", Stage.daily(LONG));
    var heard = new Stage("a");
    heard.pool.adopt("a", _ -> learnt.standing("a"), heard.now);
    learnt.pass(Duration.ofMinutes(16));
    heard.pass(Duration.ofMinutes(16));
    assertThat(learnt.choose()).isInstanceOf(Choice.Chosen.class);
    assertThat(heard.choose()).isInstanceOf(Choice.Wait.class);
  }

  @Test
  void a_rest_begins_and_ends_as_it_does_elsewhere_and_is_not_written_again() {
    var stage = new Stage("a");
    stage.pool.adopt("a", _ -> resting(Stage.START.plus(LONG)), stage.now);
    assertThat(stage.rest("a")).isEqualTo(LONG);
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
    stage.pool.adopt("a", _ -> Standing.NEW, stage.now);
    assertThat(stage.choose()).isInstanceOf(Choice.Chosen.class);
    assertThat(stage.changed).isEmpty();
    assertThat(stage.events)
        .extracting(KeyEvent::change)
        .hasExactlyElementsOfTypes(KeyEvent.Rests.class, KeyEvent.Returned.class);
    assertThat(stage.events).extracting(KeyEvent::cause).containsOnly(new Cause.Elsewhere());
  }

  @Test
  void a_block_is_taken_over_and_lifted() {
    var stage = new Stage("a");
    var blocked =
        new Standing(new State.Blocked("leaked", Stage.START), Map.of(), Duration.ZERO, Health.NEW);
    stage.pool.adopt("a", _ -> blocked, stage.now);
    assertThat(stage.choose()).isInstanceOf(Choice.None.class);
    stage.pool.adopt("a", _ -> Standing.NEW, stage.now);
    assertThat(stage.take().key().id()).isEqualTo("a");
    stage.pool.adopt("nobody", _ -> blocked, stage.now);
  }

  @Test
  void a_trial_that_is_out_learns_as_always_after_its_rest_was_ended_elsewhere() {
    var stage = new Stage("a");
    stage.settle("a", Stage.limited(Duration.ofSeconds(30)));
    stage.pass(Duration.ofSeconds(60));
    var trial = stage.take();
    stage.pool.adopt("a", _ -> Standing.NEW, stage.now);
    stage.settle(trial, Stage.SERVED);
    assertThat(stage.take().key().id()).isEqualTo("a");
  }
}
