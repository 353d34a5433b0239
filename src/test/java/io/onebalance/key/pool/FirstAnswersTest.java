package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Many ask at once for a model of which nothing is known yet: nothing is counted before the first
/// answer, and answers take their time.
class FirstAnswersTest {
  private static final int LIMIT = 10;
  private static final Duration SLOW = Duration.ofSeconds(20);

  private final Stage stage = new Stage("a", "b", "c", "d");
  private final Map<String, Integer> spent = new HashMap<>();

  /// An asking, and whether the provider had room for it when it came.
  private record Asking(Slot slot, boolean served, int left, Instant at) {}

  private List<Asking> ask(int requests) {
    var all = new ArrayList<Asking>();
    for (var i = 0; i < requests; i++) {
      var slot = stage.take();
      var count = spent.merge(slot.key().id(), 1, Integer::sum);
      all.add(new Asking(slot, count <= LIMIT, Math.max(0, LIMIT - count), stage.now));
    }
    return all;
  }

  /// As OpenAI says it.
  private void answer(Asking asking) {
    var reset = Optional.of(asking.at.plusSeconds(60));
    var told = new Allowance(Allowance.Kind.REQUESTS, Window.MINUTE, LIMIT, asking.left, reset);
    asking.slot.told(List.of(told), stage.now);
    var quota = new Verdict.Quota("requests per min (RPM)", Optional.of((long) LIMIT));
    var verdict =
        asking.served
            ? Stage.SERVED
            : new Verdict.Limited(
                Window.MINUTE, Optional.of(Duration.ofSeconds(1)), Optional.of(quota));
    var latency = Duration.between(asking.at, stage.now);
    asking.slot.settle(new Outcome.Judged(verdict, latency), stage.now);
  }

  private List<Long> used() {
    return List.of("a", "b", "c", "d").stream()
        .map(key -> stage.pool.limits().quotas(key, Stage.MODEL, stage.now))
        .map(limits -> limits.getFirst())
        .map(Measured::used)
        .toList();
  }

  @Test
  void what_was_asked_before_the_first_answer_counts_from_when_it_was_asked() {
    var all = ask(20);
    stage.pass(SLOW);
    all.forEach(this::answer);
    assertThat(used()).containsOnly(5L);
    stage.pass(Duration.ofSeconds(41));
    assertThat(used()).containsOnly(0L);
  }

  @Test
  void refusals_for_what_was_not_counted_hold_no_key_longer_than_they_say() {
    var uncounted = ask(32);
    stage.pass(SLOW);
    answer(uncounted.removeFirst());
    var counted = ask(16);
    counted.forEach(this::answer);
    uncounted.forEach(this::answer);
    spent.clear();
    stage.pass(Duration.ofSeconds(61));
    for (var key : List.of("a", "b", "c", "d")) {
      stage.settle(key, Stage.SERVED);
    }
    ask(36).forEach(asking -> assertThat(asking.slot.model()).isEqualTo(Stage.MODEL));
    assertThat(spent.values()).containsOnly(9);
  }
}
