package io.onebalance.key;

import static io.onebalance.key.Stage.MODEL;
import static io.onebalance.key.Stage.SERVED;
import static io.onebalance.key.Stage.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.event.KeyEvent.Activated;
import io.onebalance.key.event.KeyEvent.Blocked;
import io.onebalance.key.event.KeyEvent.Change;
import io.onebalance.key.event.KeyEvent.Released;
import io.onebalance.key.event.KeyEvent.Rests;
import io.onebalance.key.event.KeyEvent.Returned;
import io.onebalance.key.event.KeyEvent.SetAside;
import io.onebalance.provider.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told of keys beside their standing.
class KeyEventTest {
  private final Stage stage = new Stage("a", "b");

  private void answers(String id, Verdict verdict) {
    var slot = stage.takeOnly(id);
    slot.serves("request-1");
    stage.settle(slot, verdict);
  }

  private List<Change> changes() {
    var changes = stage.events.stream().map(KeyEvent::change).toList();
    stage.events.clear();
    return changes;
  }

  @Test
  void a_dead_key_is_told_with_its_reason_and_the_request_that_found_out() {
    answers("a", new Verdict.Dead("invalid_api_key"));
    assertThat(stage.events)
        .containsExactly(
            new KeyEvent("google", "a", "request-1", new Blocked("invalid_api_key", false)));
  }

  @Test
  void what_changes_nothing_is_not_told() {
    answers("a", SERVED);
    answers("a", SERVED);
    answers("a", new Verdict.Mistaken("400"));
    answers("a", new Verdict.Faulted("500"));
    assertThat(stage.events).isEmpty();
  }

  @Test
  void a_doubt_is_told_and_how_it_ended() {
    answers("a", new Verdict.Doubted("401"));
    answers("b", new Verdict.Doubted("401"));
    assertThat(changes()).containsExactly(new SetAside(), new SetAside());
    stage.pool.convict("a", "401", "request-2", stage.now);
    stage.pool.acquit("b", "request-3", stage.now);
    assertThat(stage.events)
        .containsExactly(
            new KeyEvent("google", "a", "request-2", new Blocked("401", true)),
            new KeyEvent("google", "b", "request-3", new Released()));
  }

  @Test
  void a_rest_is_told_once_and_so_is_its_end() {
    var first = stage.takeOnly("a");
    var second = stage.takeOnly("a");
    stage.settle(first, limited(Duration.ofMinutes(1)));
    stage.settle(second, limited(Duration.ofSeconds(30)));
    var rests = (Rests) changes().getFirst();
    assertThat(rests.model()).isEqualTo(MODEL);
    assertThat(rests.length()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(70));
    assertThat(rests.until()).isEqualTo(stage.now.plus(rests.length()));
    assertThat(rests.fellows()).isZero();

    stage.pass(Duration.ofMinutes(2));
    var trial = stage.takeOnly("a");
    trial.settle(new Outcome.Abandoned(), stage.now);
    assertThat(changes()).as("a trial that taught nothing").isEmpty();
    answers("a", SERVED);
    assertThat(changes()).containsExactly(new Returned(MODEL, rests.length()));
  }

  @Test
  void the_rest_of_an_account_is_told_once_with_how_many_share_it() {
    var shared = new Stage();
    for (var id : List.of("x", "y", "z")) {
      shared.add(Keys.key(id, "account-1", 1));
    }
    shared.settle("x", Stage.exhausted());
    assertThat(shared.events).hasSize(1);
    var rests = (Rests) shared.events.getFirst().change();
    assertThat(rests.model()).isEqualTo(Cooling.WHOLE_KEY);
    assertThat(rests.reason()).isEqualTo("no credit");
    assertThat(rests.fellows()).isEqualTo(2);
  }

  @Test
  void what_people_do_is_told_without_a_request() {
    stage.pool.block("a", "by hand", stage.now);
    stage.pool.activate("a", stage.now);
    stage.pool.activate("a", stage.now);
    assertThat(stage.events)
        .containsExactly(
            new KeyEvent("google", "a", "", new Blocked("by hand", false)),
            new KeyEvent("google", "a", "", new Activated()));
  }
}
