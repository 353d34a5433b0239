package io.onebalance.relay.ask.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One request on one way, or on two at a time.
class WaysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String MODEL = "gpt-4o-mini";

  private final Pool pool =
      new Pools(new Policy(2, 5), new SplittableRandom(7), _ -> {}).of("openai");
  private final Ways ways = new Ways(pool, MODEL, "request");

  WaysTest() {
    for (var id : new String[] {"a", "b", "c"}) {
      pool.put(key(id), Standing.NEW, NOW);
    }
  }

  @Test
  void what_one_way_asks_or_is_done_with_the_other_does_not_ask() {
    var first = ways.begin();
    first.asks("a");
    var second = ways.begin();
    assertThat(second.barred()).containsExactly("a");
    refuse(second, "b", new Verdict.Doubted("403"));
    second.asks("c");
    assertThat(first.barred()).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  @DisplayName("F27 three doubted keys are enough for both ways together")
  void both_ways_doubt_three_keys() {
    var first = ways.begin();
    var second = ways.begin();
    refuse(first, "a", new Verdict.Doubted("403"));
    refuse(second, "b", new Verdict.Doubted("403"));
    assertThat(ways.blameTheRequest()).isFalse();
    refuse(first, "c", new Verdict.Doubted("403"));
    assertThat(ways.blameTheRequest()).isTrue();
  }

  @Test
  @DisplayName("P12 a key that one way doubted is convicted when a key served on the other")
  void the_end_of_both_judges_the_keys_of_each() {
    var first = ways.begin();
    var second = ways.begin();
    refuse(first, "a", new Verdict.Doubted("403"));
    refuse(second, "b", new Verdict.Doubted("403"));
    second.ends(false, NOW);
    assertThat(state("b")).isInstanceOf(State.SetAside.class);
    first.ends(true, NOW);
    assertThat(state("a")).isInstanceOf(State.Blocked.class);
    assertThat(state("b")).isInstanceOf(State.Blocked.class);
  }

  @Test
  void who_is_called_off_after_the_other_served_judges_the_same() {
    var first = ways.begin();
    var second = ways.begin();
    refuse(first, "a", new Verdict.Doubted("403"));
    second.ends(true, NOW);
    assertThat(state("a")).isInstanceOf(State.SetAside.class);
    first.ends(false, NOW);
    assertThat(state("a")).isInstanceOf(State.Blocked.class);
  }

  @Test
  @DisplayName("F27 where neither way was served, the request is to blame")
  void without_an_answer_all_are_released() {
    var first = ways.begin();
    var second = ways.begin();
    refuse(first, "a", new Verdict.Doubted("403"));
    refuse(second, "b", new Verdict.Unpermitted("scope"));
    first.ends(false, NOW);
    second.ends(false, NOW);
    assertThat(standing("a").state()).isEqualTo(State.ACTIVE);
    assertThat(standing("b")).isEqualTo(Standing.NEW);
  }

  @Test
  void a_key_that_lacks_what_another_had_rests_for_the_model() {
    var only = ways.begin();
    refuse(only, "a", new Verdict.Unpermitted("scope"));
    only.ends(true, NOW);
    assertThat(standing("a").coolings()).containsOnlyKeys(MODEL);
  }

  private void refuse(Ways.Way way, String id, Verdict verdict) {
    if (pool.chooseOnly(id, MODEL, NOW) instanceof Choice.Chosen(var slot)) {
      slot.settle(new Outcome.Judged(verdict, Duration.ZERO), NOW);
    }
    var refused = new Attempt.Refused(key(id), verdict, new Trouble.Misspoken());
    way.goesOn(new Trail.Step.Asked(refused));
  }

  private State state(String id) {
    return standing(id).state();
  }

  private Standing standing(String id) {
    return pool.standing(id, NOW).orElseThrow();
  }

  private static ApiKey key(String id) {
    return new ApiKey(id, "openai", new Secret("secret-" + id), "", "", 1, Instant.EPOCH);
  }
}
