package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Plays a pool against a provider that refuses without a word: by what was asked in a minute, or
/// by the tokens of it.
class UntoldTokensTest {
  private static final int KEYS = 8;
  private static final int TOKENS = 20_000;
  private static final int REQUESTS = 12;

  private record Served(Instant at, long tokens) {}

  private record Waiting(Instant since, Need need) {}

  private final Stage stage = new Stage();
  private final SplittableRandom random = new SplittableRandom(3);
  private final Map<String, Deque<Served>> served = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private int attempts;
  private int successes;

  UntoldTokensTest() {
    for (var i = 0; i < KEYS; i++) {
      stage.add(Keys.key("k" + i));
    }
  }

  /// Requests of 200 to 6,500 tokens at random, each waiting for at most 10 s.
  private void play(boolean byTokens, double perMinute, Duration time) {
    attempts = 0;
    successes = 0;
    var end = stage.now.plus(time);
    var next = stage.now;
    while (stage.now.isBefore(end)) {
      while (!next.isAfter(stage.now)) {
        var size = Math.round(200 * Math.exp(3.48 * random.nextDouble()));
        waiting.add(new Waiting(next, new Need(size, 0)));
        next = next.plusMillis((long) (-Math.log(1 - random.nextDouble()) * 60_000 / perMinute));
      }
      waiting.removeIf(it -> it.since().isBefore(stage.now.minusSeconds(10)));
      waiting.removeIf(it -> serve(it.need(), byTokens));
      stage.pass(Duration.ofMillis(50));
    }
  }

  private boolean serve(Need need, boolean byTokens) {
    var ask = Ask.of(Stage.MODEL).needing(need);
    while (stage.pool.choose(ask, stage.now) instanceof Choice.Chosen(var slot)) {
      attempts++;
      var verdict = truth(slot.key().id(), need.inputTokens(), byTokens);
      slot.used(need.inputTokens(), 0, 0);
      slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(1)), stage.now);
      if (verdict instanceof Verdict.Served) {
        successes++;
        return true;
      }
    }
    return false;
  }

  private Verdict truth(String key, long tokens, boolean byTokens) {
    var lately = served.computeIfAbsent(key, _ -> new ArrayDeque<>());
    while (!lately.isEmpty() && !lately.peekFirst().at().isAfter(stage.now.minusSeconds(60))) {
      lately.removeFirst();
    }
    var sum = lately.stream().mapToLong(Served::tokens).sum();
    if (byTokens ? sum + tokens > TOKENS : lately.size() >= REQUESTS) {
      return Stage.untold();
    }
    lately.add(new Served(stage.now, tokens));
    return Stage.SERVED;
  }

  private List<Measured> known(Kind kind) {
    return served.keySet().stream()
        .flatMap(key -> stage.pool.limits().quotas(key, Stage.MODEL, stage.now).stream())
        .filter(limit -> limit.kind() == kind && limit.isKnown())
        .toList();
  }

  @Test
  void a_limit_of_tokens_is_learnt_where_counts_differ_at_each_refusal_and_tokens_do_not() {
    play(true, 75, Duration.ofMinutes(60));
    play(true, 75, Duration.ofMinutes(60));
    assertThat((double) attempts / successes).isLessThan(1.06);
    assertThat(successes).isGreaterThan((int) (0.95 * 75 * 60));
    assertThat(known(Kind.TOKENS))
        .hasSizeGreaterThan(KEYS / 2)
        .allSatisfy(limit -> {
          assertThat(limit.limit()).isBetween(TOKENS * 8L / 10, TOKENS * 14L / 10);
          assertThat(limit.told()).isFalse();
        });
  }

  @Test
  void a_limit_of_requests_is_not_taken_for_one_of_tokens_however_the_tokens_differ() {
    play(false, 80, Duration.ofMinutes(90));
    assertThat((double) attempts / successes).isLessThan(1.03);
    assertThat(known(Kind.TOKENS)).isEmpty();
    assertThat(known(Kind.REQUESTS)).extracting(Measured::limit).contains((long) REQUESTS);
  }
}
