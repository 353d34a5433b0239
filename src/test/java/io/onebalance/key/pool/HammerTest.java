package io.onebalance.key.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HammerTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final Stage stage =
      new Stage(IntStream.range(0, 20).mapToObj(i -> "k" + i).toArray(String[]::new));
  private final Map<String, AtomicInteger> trials = new ConcurrentHashMap<>();

  @Test
  @DisplayName("P23: many threads leak no slot and corrupt nothing")
  void threads_leak_no_slot() throws Exception {
    inParallel(this::play);
    assertThat(stage.pool.inFlight()).isZero();
    for (var key : stage.pool.keys()) {
      stage.pool.activate(key.id(), stage.now);
      stage.pool.reset(key.id(), stage.now);
      assertThat(stage.takeOnly(key.id()).key()).isEqualTo(key);
    }
  }

  @Test
  @DisplayName("P23, F26: many threads never try the same key at once")
  void threads_never_try_twice() throws Exception {
    for (var key : stage.pool.keys()) {
      stage.settle(key.id(), Stage.limited(Duration.ofMinutes(1)));
    }
    stage.pass(Duration.ofMinutes(2));
    inParallel(this::tryAll);
    assertThat(trials).hasSize(20);
    assertThat(stage.pool.inFlight()).isZero();
  }

  private void play(int thread) {
    var random = new SplittableRandom(thread);
    for (var round = 0; round < ROUNDS; round++) {
      var now = Stage.START.plusMillis(round * 100L);
      if (stage.pool.choose("m" + random.nextInt(3), Set.of(), now)
          instanceof Choice.Chosen(var slot)) {
        slot.settle(new Outcome.Judged(verdict(random), Duration.ofMillis(5)), now);
      } else {
        stage.pool.acquit("k" + random.nextInt(20), "", now);
      }
    }
  }

  /// Every trial ends without a lesson, so that each key stays due and each use of it is a trial.
  private void tryAll(int thread) {
    for (var round = 0; round < ROUNDS; round++) {
      if (stage.pool.choose(Stage.MODEL, Set.of(), stage.now) instanceof Choice.Chosen(var slot)) {
        var out = trials.computeIfAbsent(slot.key().id(), _ -> new AtomicInteger());
        assertThat(out.incrementAndGet()).isEqualTo(1);
        out.decrementAndGet();
        slot.settle(new Outcome.Abandoned(), stage.now);
      }
    }
  }

  private static Verdict verdict(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0 -> Stage.limited(Duration.ofSeconds(random.nextLong(30)));
      case 1 -> new Verdict.Doubted("401");
      case 2 -> new Verdict.Overloaded("529", Optional.empty());
      case 3 -> new Verdict.Faulted("reset");
      default -> Stage.SERVED;
    };
  }

  private interface Part {
    void run(int thread);
  }

  private static void inParallel(Part part) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var calls = IntStream.range(0, THREADS).mapToObj(thread -> call(part, thread)).toList();
      for (var done : threads.invokeAll(calls)) {
        done.get();
      }
    }
  }

  private static Callable<Boolean> call(Part part, int thread) {
    return () -> {
      part.run(thread);
      return true;
    };
  }
}
