package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.roster.Allowances;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowancesTest {
  private static final String A = "key-a";

  private final Stage stage = new Stage(A, "key-b");

  @Test
  void the_newest_word_about_a_model_counts() {
    tell(stage.takeOnly(A), stage.now, List.of(tokens(500, 60)));
    stage.pass(Duration.ofSeconds(1));
    tell(stage.takeOnly(A), stage.now, List.of(tokens(400, 59)));
    assertThat(left(A)).containsExactly(400L);

    var late = stage.now.minusMillis(1);
    tell(stage.takeOnly(A), late, List.of(tokens(499, 60)));
    assertThat(left(A)).as("what was said before").containsExactly(400L);
    assertThat(left("key-b")).isEmpty();
    assertThat(left("nobody")).isEmpty();
  }

  @Test
  void what_was_said_is_forgotten_when_the_window_begins_anew() {
    var undated = new Allowance(Allowance.Kind.CONCURRENT, Window.UNKNOWN, 5, 4, Optional.empty());
    tell(stage.takeOnly(A), stage.now, List.of(tokens(500, 30), undated));
    stage.pass(Duration.ofSeconds(30));
    assertThat(left(A)).containsExactly(4L);
    stage.pass(Allowances.UNDATED);
    assertThat(left(A)).isEmpty();
    assertThat(stage.pool.limits().allowances(A, stage.now)).isEmpty();
  }

  @Test
  void each_model_has_its_own_and_the_oldest_of_too_many_are_forgotten() {
    for (var i = 0; i < 2 * Allowances.MOST; i++) {
      var slot = Stage.slot(stage.pool.chooseOnly(A, "model-" + i, stage.now));
      tell(slot, stage.now, List.of(tokens(i, 60)));
    }
    var all = stage.pool.limits().allowances(A, stage.now);
    assertThat(all).hasSize(Allowances.MOST).containsKey("model-31").doesNotContainKey("model-0");
    assertThat(all.get("model-31")).extracting(Allowance::remaining).containsExactly(31L);
  }

  @Test
  void what_was_said_outlives_an_edit_and_a_reload() {
    tell(stage.takeOnly(A), stage.now, List.of(tokens(500, 60)));
    stage.pool.edit(Keys.key(A, "acme", 7));
    stage.pools.policy(new Policy(9, 9, Map.of()));
    stage.pool.put(Keys.key(A, "acme", 8), Standing.NEW, stage.now);
    assertThat(left(A)).containsExactly(500L);
  }

  @Test
  void a_key_that_left_meanwhile_takes_no_note_for_its_successor() {
    var slot = stage.takeOnly(A);
    stage.pool.remove(A);
    stage.add(Keys.key("key-c"));
    tell(slot, stage.now, List.of(tokens(500, 60)));
    assertThat(left("key-c")).isEmpty();
  }

  @Test
  void what_a_stream_says_at_its_beginning_is_known_before_its_end() {
    var slot = stage.takeOnly(A);
    slot.told(List.of(tokens(500, 60)), stage.now);
    slot.answered(Duration.ofMillis(1), stage.now);
    assertThat(left(A)).containsExactly(500L);
  }

  private static void tell(Slot slot, Instant now, List<Allowance> told) {
    slot.told(told, now);
    slot.settle(new Outcome.Abandoned(), now);
  }

  private List<Long> left(String id) {
    return stage.pool.limits().allowances(id, Stage.MODEL, stage.now).stream()
        .map(Allowance::remaining)
        .toList();
  }

  private Allowance tokens(long left, int seconds) {
    Instant reset = stage.now.plusSeconds(seconds);
    return new Allowance(Allowance.Kind.TOKENS, Window.MINUTE, 1000, left, Optional.of(reset));
  }
}
