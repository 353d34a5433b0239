package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Verdict LIMITED =
      new Verdict.Limited(
          Verdict.Window.MINUTE, Optional.of(Duration.ofSeconds(10)), Optional.empty());

  private final Stage stage = new Stage("a");

  @Test
  @DisplayName("F26 one live request tries a key that rested; the others wait for what it finds")
  void others_wait_while_a_key_is_tried() {
    rested();
    stage.take();
    assertThat(stage.choose()).isInstanceOf(Choice.Wait.class);
  }

  @Test
  void the_first_byte_of_an_answer_ends_the_trial_while_the_stream_runs_on() {
    rested();
    var stream = stage.take();

    stream.answered(Duration.ofMillis(300), stage.now);

    assertThat(stage.standing("a").health().latency()).isEqualTo(Duration.ofMillis(300));
    stage.settle(stage.take(), Stage.SERVED);
    assertThat(stage.pool.inFlight()).isEqualTo(1);
    stream.settle(new Outcome.Abandoned(), stage.now);
    assertThat(stage.pool.inFlight()).isZero();
  }

  private void rested() {
    stage.settle("a", LIMITED);
    stage.pass(Duration.ofMinutes(1));
  }
}
