package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which key a conversation meets, and why a key was chosen.
class AffinityTest {
  private final Stage stage = new Stage("a", "b", "c", "d", "e", "f", "g", "h");

  private Slot take(long conversation) {
    return Stage.slot(stage.pool.choose(Ask.of(MODEL).near(conversation), stage.now));
  }

  @Test
  void a_conversation_meets_the_same_key_and_many_are_spread() {
    var uses = new HashMap<String, Integer>();
    for (var conversation = 1L; conversation <= 400; conversation++) {
      var first = take(conversation * 7919);
      stage.settle(first, Stage.SERVED);
      for (var turn = 0; turn < 3; turn++) {
        var next = take(conversation * 7919);
        stage.settle(next, Stage.SERVED);
        assertThat(next.key()).isEqualTo(first.key());
      }
      uses.merge(first.key().id(), 1, Integer::sum);
    }
    assertThat(uses).hasSize(8);
    assertThat(uses.values()).allMatch(count -> count > 20 && count < 100);
  }

  @Test
  void a_crowded_key_shares_its_conversation_with_others() {
    var slots = new ArrayList<Slot>();
    for (var i = 0; i < 80; i++) {
      slots.add(take(99));
    }
    var uses = new HashMap<String, Integer>();
    slots.forEach(slot -> uses.merge(slot.key().id(), 1, Integer::sum));
    assertThat(uses).hasSize(8);
    assertThat(uses.values()).allMatch(count -> count <= 30);
  }

  @Test
  void a_slow_key_is_not_stuck_to() {
    var own = take(7).key().id();
    for (var round = 0; round < 40; round++) {
      stage.pass(Duration.ofSeconds(30));
      for (var id : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
        var took = Duration.ofSeconds(id.equals(own) ? 60 : 1);
        var slot = stage.takeOnly(id);
        slot.settle(new Outcome.Judged(Stage.SERVED, took), stage.now);
      }
    }
    var stuck = 0;
    for (var turn = 0; turn < 400; turn++) {
      var slot = take(7);
      stuck += slot.key().id().equals(own) ? 1 : 0;
      slot.settle(new Outcome.Abandoned(), stage.now);
    }
    assertThat(stuck).isBetween(1, 200);
  }

  @Test
  void a_choice_is_explained_where_somebody_asks() {
    stage.settle("a", Stage.untold());
    stage.pool.block("b", "leaked", stage.now);
    var slot =
        Stage.slot(stage.pool.choose(Ask.of(MODEL).telling(Ask.Reasons.DETAILED), stage.now));
    var why = slot.why().orElseThrow().words();
    assertThat(why)
        .startsWith(
            slot.key().id()
                + " was ready and had its turn, 1 in flight; 8 keys: 6 ready, 0 without room, 1"
                + " blocked")
        .contains("a rests for another ", "b is blocked (leaked)", "is ready, its turn comes")
        .doesNotContain("secret");
    assertThat(stage.take().why()).isEmpty();
    assertThat(List.of(why.split("; "))).hasSize(9);
  }
}
