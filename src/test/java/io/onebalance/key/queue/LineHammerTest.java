package io.onebalance.key.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many threads ask, settle and leave at once.
class LineHammerTest {
  private static final int THREADS = 6;
  private static final int EACH = 4_000;
  private static final int LIMIT = 40;
  private static final InstantSource CLOCK = InstantSource.system();

  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final Pool pool =
      new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");
  private final Line line = new Line(pool, this::after, CLOCK);
  private final AtomicInteger twice = new AtomicInteger();
  private final ConcurrentHashMap<String, AtomicInteger> uses = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    alarms.shutdownNow();
  }

  private Runnable after(Duration delay, Runnable task) {
    var alarm = alarms.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  @Test
  void each_one_hears_once_no_key_is_overdrawn_and_nothing_is_left_behind() {
    for (var i = 0; i < 50; i++) {
      var key = new ApiKey("k" + i, "google", new Secret("s" + i), "", "", 1, Instant.EPOCH);
      pool.put(key, Standing.NEW, CLOCK.instant());
    }
    var threads = new ArrayList<CompletableFuture<List<CompletableFuture<Choice>>>>();
    try (var crowd = Executors.newFixedThreadPool(THREADS)) {
      for (var i = 0; i < THREADS; i++) {
        var seed = i;
        threads.add(CompletableFuture.supplyAsync(() -> play(seed), crowd));
      }
    }
    for (var heard : threads.stream().flatMap(thread -> thread.join().stream()).toList()) {
      assertThat(heard.orTimeout(10, TimeUnit.SECONDS).join()).isNotNull();
    }
    assertThat(twice.get()).isZero();
    assertThat(uses.values()).allMatch(count -> count.get() <= LIMIT + 2 * THREADS);
    assertThat(uses.values().stream().mapToInt(AtomicInteger::get).sum())
        .isBetween(50 * LIMIT / 2, 50 * LIMIT + 2 * THREADS);
    assertThat(pool.inFlight()).isZero();
    assertThat(line.waiting()).isZero();
  }

  /// What those hear who do not leave before.
  private List<CompletableFuture<Choice>> play(int seed) {
    var chance = new SplittableRandom(seed);
    var stayed = new ArrayList<CompletableFuture<Choice>>();
    for (var i = 0; i < EACH; i++) {
      var heard = new CompletableFuture<Choice>();
      var patience = Duration.ofMillis(chance.nextLong(3));
      var ticket =
          line.ask(Ask.of("m"), "caller " + seed % 3, patience, choice -> hear(choice, heard));
      if (chance.nextInt(4) == 0) {
        ticket.leave();
      } else {
        stayed.add(heard);
      }
    }
    return stayed;
  }

  private void hear(Choice choice, CompletableFuture<Choice> heard) {
    if (choice instanceof Choice.Chosen(var slot)) {
      uses.computeIfAbsent(slot.key().id(), _ -> new AtomicInteger()).incrementAndGet();
      serve(slot);
    }
    if (!heard.complete(choice)) {
      twice.incrementAndGet();
    }
  }

  private static void serve(Slot slot) {
    var now = CLOCK.instant();
    var minute = Verdict.Window.MINUTE;
    slot.told(
        List.of(
            new Allowance(
                Allowance.Kind.REQUESTS, minute, LIMIT, LIMIT, Optional.of(now.plusSeconds(60)))),
        now);
    slot.settle(new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(1)), now);
  }
}
