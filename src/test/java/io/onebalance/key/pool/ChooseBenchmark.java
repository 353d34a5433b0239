package io.onebalance.key.pool;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;

/// What it costs to choose a key and to give it back, by the size of the pool and by how much of it
/// rests. `choose` gives back without a lesson, `serve` with the lesson of an answer.
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChooseBenchmark {
  private static final String MODEL = "gemini-2.5-flash";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Outcome LEFT = new Outcome.Abandoned();
  private static final Outcome SERVED =
      new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(700));

  @Param({"10", "1000", "100000"})
  public int keys;

  /// In percent of the keys.
  @Param({"0", "30"})
  public int cooling;

  private Pool pool = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");

  @Setup
  public void fill() {
    pool = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");
    var rest = new Cooling(NOW.plus(Duration.ofHours(1)), Duration.ofHours(1), "limit", 0);
    var resting = new Standing(State.ACTIVE, Map.of(MODEL, rest), Duration.ZERO, Health.NEW);
    for (var i = 0; i < keys; i++) {
      pool.put(Keys.key("key-" + i), i * 7919L % 100 < cooling ? resting : Standing.NEW, NOW);
    }
  }

  @Benchmark
  public ApiKey choose() {
    return use(LEFT);
  }

  @Benchmark
  public ApiKey serve() {
    return use(SERVED);
  }

  private ApiKey use(Outcome outcome) {
    return switch (pool.choose(MODEL, Set.of(), NOW)) {
      case Choice.Chosen(var slot) -> {
        slot.settle(outcome, NOW);
        yield slot.key();
      }
      case Choice.Wait wait -> throw new IllegalStateException(wait.toString());
      case Choice.None none -> throw new IllegalStateException(none.toString());
    };
  }
}
