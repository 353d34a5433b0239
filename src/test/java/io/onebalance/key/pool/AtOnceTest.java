package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How many requests of a key may run at once, told or found out.
class AtOnceTest {
  private static final String A = "a";

  private final Stage stage = new Stage(A);
  private final List<Slot> running = new ArrayList<>();

  AtOnceTest() {
    stage.settle(A, Stage.SERVED); // from then on its model is counted
    stage.pass(Duration.ofMinutes(2));
  }

  @Test
  void a_limit_that_a_refusal_names_with_its_size_is_kept() {
    run(2);
    refuse(named(Optional.of(2L)));
    assertThat(limit())
        .hasValueSatisfying(found -> {
          assertThat(found.limit()).isEqualTo(2);
          assertThat(found.told()).isTrue();
          assertThat(found.used()).isEqualTo(2);
        });
    assertFull();
  }

  @Test
  @DisplayName("F68 what others were seen to run counts no longer after the clock went back")
  void a_clock_that_goes_back_keeps_nothing_away() {
    run(2);
    stage.settle(running.removeLast(), named(Optional.of(3L)));
    stage.pass(Duration.ofHours(-1));
    run(1);
    run(1);
    assertFull();
  }

  @Test
  void a_limit_that_is_named_without_a_size_is_what_ran() {
    run(3);
    refuse(named(Optional.empty()));
    assertThat(limit()).hasValueSatisfying(found -> assertThat(found.limit()).isEqualTo(3));
    assertFull();
  }

  @Test
  void whoever_is_refused_for_what_others_let_run_rests_as_told() {
    refuse(named(Optional.empty()));
    assertThat(limit()).isEmpty();
    assertThat(stage.rest(A)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
  }

  @Test
  void where_only_requests_beside_others_are_refused_the_key_does_not_rest() {
    run(4);
    refuse(Stage.untold());
    assertFull();
    assertThat(stage.standing(A).coolings()).isEmpty();
    end();
    assertThat(stage.choose()).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void what_is_refused_alone_is_what_was_asked_in_the_minute_not_what_ran() {
    for (var i = 0; i < 4; i++) {
      stage.settle(A, Stage.SERVED);
    }
    run(1);
    refuse(Stage.untold());
    end();
    refuse(Stage.untold());
    assertThat(limit()).isEmpty();
    assertThat(stage.pool.limits().quotas(A, Stage.MODEL, stage.now))
        .filteredOn(found -> found.limit() != Gauge.UNKNOWN)
        .singleElement()
        .satisfies(found -> {
          assertThat(found.kind()).isEqualTo(Kind.REQUESTS);
          assertThat(found.limit()).isEqualTo(5);
        });
  }

  @Test
  void what_the_fields_of_an_answer_tell_is_kept_and_what_others_use_counts_for_a_while() {
    var slot = stage.take();
    var told = new Allowance(Kind.CONCURRENT, Window.UNKNOWN, 5, 1, Optional.empty());
    slot.told(List.of(told), stage.now);
    slot.answered(Duration.ofMillis(300), stage.now);
    run(1);
    assertFull();
    stage.pass(Duration.ofSeconds(6));
    run(3);
    assertFull();
  }

  @Test
  void a_limit_that_was_found_out_is_tried_after_a_while_and_raised_where_that_is_served() {
    learnThree();
    serve(201);
    stage.pass(Duration.ofMinutes(1));
    run(3);
    run(1);
    assertFull();
    running.removeLast().answered(Duration.ofMillis(300), stage.now);
    assertThat(limit()).hasValueSatisfying(found -> assertThat(found.limit()).isEqualTo(4));
  }

  @Test
  void where_a_try_is_refused_the_next_one_comes_later() {
    learnThree();
    serve(201);
    stage.pass(Duration.ofMinutes(1));
    run(3);
    refuse(Stage.untold());
    assertThat(limit()).hasValueSatisfying(found -> assertThat(found.limit()).isEqualTo(3));
    end();
    serve(201);
    run(3);
    assertFull();
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.choose()).isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void it_is_known_after_a_restart() {
    learnThree();
    var learnt = stage.pool.limits().learnt(A, stage.now);
    assertThat(learnt).extracting(limit -> limit.name()).contains("concurrent unknown");
    var other = new Stage(A);
    other.pool.recall(A, learnt, stage.now, stage.now);
    other.now = stage.now;
    for (var i = 0; i < 3; i++) {
      other.take();
    }
    assertThat(other.choose()).isInstanceOf(Choice.Wait.class);
  }

  private void learnThree() {
    run(3);
    refuse(named(Optional.empty()));
    end();
  }

  private void serve(int times) {
    for (var i = 0; i < times; i++) {
      stage.settle(A, Stage.SERVED);
      stage.pass(Duration.ofMillis(10));
    }
  }

  /// Lets so many more begin to run.
  private void run(int more) {
    for (var i = 0; i < more; i++) {
      running.add(stage.take());
    }
  }

  /// All that runs ends, well.
  private void end() {
    running.forEach(
        slot -> slot.settle(new Outcome.Judged(Stage.SERVED, Duration.ofSeconds(1)), stage.now));
    running.clear();
  }

  private void refuse(Verdict verdict) {
    stage.settle(stage.take(), verdict);
  }

  private void assertFull() {
    assertThat(stage.choose())
        .isInstanceOfSatisfying(
            Choice.Wait.class,
            wait -> assertThat(wait.rest()).isLessThanOrEqualTo(Duration.ofSeconds(5)));
  }

  private Optional<Measured> limit() {
    return stage.pool.limits().quotas(A, Stage.MODEL, stage.now).stream()
        .filter(found -> found.kind() == Kind.CONCURRENT)
        .findFirst();
  }

  private static Verdict named(Optional<Long> size) {
    var quota = new Verdict.Quota("concurrency", size);
    return new Verdict.Limited(
        Window.UNKNOWN, Optional.of(Duration.ofSeconds(5)), Optional.of(quota));
  }
}
