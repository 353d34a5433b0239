package io.onebalance.key.pool;

import static io.onebalance.key.pool.Stage.MODEL;
import static io.onebalance.key.pool.Stage.SERVED;
import static io.onebalance.key.pool.Stage.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.Outcome;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.event.KeyEvent.Activated;
import io.onebalance.key.event.KeyEvent.Blocked;
import io.onebalance.key.event.KeyEvent.Change;
import io.onebalance.key.event.KeyEvent.Fellows;
import io.onebalance.key.event.KeyEvent.Released;
import io.onebalance.key.event.KeyEvent.Rests;
import io.onebalance.key.event.KeyEvent.Returned;
import io.onebalance.key.event.KeyEvent.SetAside;
import io.onebalance.provider.answer.Verdict;
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

  private KeyEvent event(String id, Cause cause, Change change) {
    return new KeyEvent(stage.now, "google", id, cause, change);
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
            event("a", new Cause.Request("request-1"), new Blocked("invalid_api_key", false)));
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
            event("a", new Cause.Request("request-2"), new Blocked("401", true)),
            event("b", new Cause.Request("request-3"), new Released()));
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
    assertThat(rests.fellows()).isEqualTo(Fellows.NONE);

    stage.pass(Duration.ofMinutes(2));
    var trial = stage.takeOnly("a");
    assertThat(stage.events)
        .containsExactly(event("a", new Cause.Time(), new Returned(MODEL, rests.length())));
    trial.settle(new Outcome.Abandoned(), stage.now);
    answers("a", SERVED);
    stage.pools.notice(stage.now);
    assertThat(stage.events).as("told once").hasSize(1);
  }

  @Test
  void a_rest_that_time_ends_is_noticed_though_nobody_asks() {
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.settle("b", Stage.exhausted());
    var length = ((Rests) changes().getFirst()).length();
    stage.pools.notice(stage.now.plus(length).minusMillis(1));
    assertThat(changes()).isEmpty();
    stage.pass(length);
    stage.pools.notice(stage.now);
    stage.pools.notice(stage.now);
    assertThat(changes()).containsExactly(new Returned(MODEL, length));
    stage.pass(Duration.ofHours(3));
    stage.pools.notice(stage.now);
    assertThat(changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Returned.class, returned -> assertThat(returned.model()).isEqualTo(Cooling.WHOLE_KEY));
  }

  @Test
  void many_rests_that_end_at_once_are_all_noticed() {
    var many = new Stage();
    for (var i = 0; i < 1_000; i++) {
      many.add(Keys.key("key-" + i));
      many.settle("key-" + i, limited(Duration.ofMinutes(1)));
    }
    many.events.clear();
    many.pass(Duration.ofHours(1));
    many.pools.notice(many.now);
    assertThat(many.events).extracting(KeyEvent::keyId).doesNotHaveDuplicates().hasSize(1_000);
  }

  @Test
  void a_key_that_serves_before_its_rest_is_over_returned_early() {
    answers("a", limited(Duration.ofHours(3)));
    answers("b", limited(Duration.ofHours(3)));
    changes();
    stage.pass(Duration.ofMinutes(20));
    var probe = stage.take();
    assertThat(changes()).isEmpty();
    probe.serves("request-1");
    stage.settle(probe, SERVED);
    assertThat(stage.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.cause()).isEqualTo(new Cause.Request("request-1"));
          assertThat(event.change()).isInstanceOf(Returned.class);
        });
  }

  @Test
  void a_doubt_that_nobody_judges_ends_with_time_and_is_written() {
    answers("a", new Verdict.Doubted("401"));
    changes();
    stage.changed.clear();
    stage.pass(Duration.ofMinutes(15));
    stage.pools.notice(stage.now);
    assertThat(stage.events).containsExactly(event("a", new Cause.Time(), new Released()));
    assertThat(stage.changed).containsExactly("a");
  }

  @Test
  void the_end_of_all_rests_is_told_for_each_model() {
    var other = stage.takeOnly("a");
    stage.settle("a", limited(Duration.ofMinutes(1)));
    stage.settle(other, Stage.exhausted());
    changes();
    stage.pool.reset("a", stage.now);
    assertThat(changes())
        .extracting(change -> ((Returned) change).model())
        .containsExactlyInAnyOrder(MODEL, Cooling.WHOLE_KEY);
  }

  @Test
  void what_another_instance_learnt_is_told_as_such_and_not_written_again() {
    stage.pool.block("a", "revoked", stage.now);
    var blocked = stage.standing("a");
    stage.pool.activate("a", stage.now);
    changes();
    stage.changed.clear();
    stage.pool.adopt("a", _ -> blocked, stage.now);
    stage.pool.adopt("a", _ -> blocked, stage.now);
    assertThat(stage.events)
        .containsExactly(event("a", new Cause.Elsewhere(), new Blocked("revoked", false)));
    assertThat(stage.changed).isEmpty();
  }

  @Test
  void rests_are_listed_by_their_end() {
    var other = stage.takeOnly("a");
    stage.settle("a", limited(Duration.ofMinutes(2)));
    stage.settle("b", limited(Duration.ofMinutes(1)));
    stage.settle(other, Stage.exhausted());
    assertThat(stage.pools.soonest(2, stage.now))
        .extracting(rest -> rest.provider() + " " + rest.keyId() + " " + rest.model())
        .containsExactly("google b " + MODEL, "google a " + MODEL);
    stage.pool.block("a", "by hand", stage.now);
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.pools.soonest(2, stage.now)).isEmpty();
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
    assertThat(rests.fellows()).isEqualTo(new Fellows("account-1", 2));
    var event = shared.events.getFirst();
    assertThat(event.concerns("x", "")).isTrue();
    assertThat(event.concerns("y", "account-1")).isTrue();
    assertThat(event.concerns("y", "account-2")).isFalse();
    assertThat(event.concerns("y", "")).isFalse();
  }

  @Test
  void what_people_do_is_told_without_a_request() {
    stage.pool.block("a", "by hand", stage.now);
    stage.pool.activate("a", stage.now);
    stage.pool.activate("a", stage.now);
    assertThat(stage.events)
        .containsExactly(
            event("a", new Cause.Order(), new Blocked("by hand", false)),
            event("a", new Cause.Order(), new Activated()));
  }
}
