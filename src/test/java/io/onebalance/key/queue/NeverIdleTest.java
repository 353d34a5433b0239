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
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random load on keys whose limits are known, against the truth: what each key was asked in the
/// last minute, and what of it runs.
class NeverIdleTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final String MODEL = "m";
  private static final long STEP = 50;

  /// A rolling minute is counted in steps, and ends a little late for us.
  private static final long LATE = 250;

  private Instant now = START;
  private final Map<String, Truth> keys = new HashMap<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final List<Slot> running = new ArrayList<>();
  private final Pool pool = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("p");
  private final Line line = new Line(pool, this::after, () -> now);
  private int served;
  private int waits;

  private static final class Alarm {
    private final Instant at;
    private Runnable task;

    Alarm(Instant at, Runnable task) {
      this.at = at;
      this.task = task;
    }
  }

  /// What a key may do, and what it does.
  private static final class Truth {
    private final int aMinute;
    private final int atOnce;
    private final Deque<Instant> asked = new ArrayDeque<>();
    private int running;
    private Instant ended = Instant.MIN;

    Truth(int aMinute, int atOnce) {
      this.aMinute = aMinute;
      this.atOnce = atOnce;
    }

    long inMinute(Instant until) {
      return asked.stream().filter(at -> at.isAfter(until.minusSeconds(60))).count();
    }

    /// What the provider says with each answer: a limit that it names lately is not tried.
    List<Allowance> told(Instant now) {
      var left = aMinute - inMinute(now);
      return List.of(
          new Allowance(
              Kind.REQUESTS, Window.MINUTE, aMinute, left, Optional.of(now.plusSeconds(60))),
          new Allowance(
              Kind.CONCURRENT, Window.UNKNOWN, atOnce, (long) atOnce - running, Optional.empty()));
    }

    boolean hasHadRoom(Instant now) {
      return running < atOnce && ended.isBefore(now) && inMinute(now.minusMillis(LATE)) < aMinute;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("never above a known quota, never idle while a request waits and a key has room")
  void never_above_a_known_quota_and_never_idle(long seed) {
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 4; i++) {
      add("k" + i, 2 + random.nextInt(10), 1 + random.nextInt(3));
    }
    var load = 0.02 + 0.1 * random.nextDouble();
    for (var step = 0; step < 6000; step++) {
      now = now.plusMillis(STEP);
      ring();
      if (random.nextDouble() < load) {
        ask("caller " + random.nextInt(3));
      }
      if (!running.isEmpty() && random.nextDouble() < 0.03) {
        end(running.remove(random.nextInt(running.size())));
      }
      check();
    }
    assertThat(served).isGreaterThan(50);
    assertThat(waits).as("steps at which somebody waited").isGreaterThan(50);
  }

  private void add(String id, int aMinute, int atOnce) {
    keys.put(id, new Truth(aMinute, atOnce));
    pool.put(new ApiKey(id, "p", new Secret(id), "", "", 1, START), Standing.NEW, now);
    pool.recall(
        id,
        List.of(
            new Learnt(MODEL, Kind.REQUESTS, Window.MINUTE, aMinute, true, 0),
            new Learnt(MODEL, Kind.CONCURRENT, Window.UNKNOWN, atOnce, true, 0)),
        now,
        now);
    if (pool.chooseOnly(id, MODEL, now) instanceof Choice.Chosen(var slot)) {
      begin(truth(slot));
      end(slot);
    }
  }

  private void ask(String caller) {
    line.ask(
        Ask.of(MODEL),
        caller,
        Duration.ofMinutes(2),
        told -> {
          if (told instanceof Choice.Chosen(var slot)) {
            running.add(slot);
            begin(truth(slot));
          }
        });
  }

  private void begin(Truth key) {
    served++;
    key.asked.add(now);
    key.running++;
    assertThat(key.running).as("running at once").isLessThanOrEqualTo(key.atOnce);
    assertThat(key.inMinute(now)).as("asked in a minute").isLessThanOrEqualTo(key.aMinute);
  }

  private void end(Slot slot) {
    var key = truth(slot);
    key.running--;
    key.ended = now;
    slot.told(key.told(now), now);
    slot.settle(new Outcome.Judged(new Verdict.Served(), Duration.ofSeconds(1)), now);
  }

  private void check() {
    if (line.waiting() > 0) {
      waits++;
      assertThat(keys.values())
          .as("%s at %s, while %s wait", keys, now, line.waiting())
          .noneMatch(key -> key.hasHadRoom(now));
    }
  }

  private Truth truth(Slot slot) {
    return Objects.requireNonNull(keys.get(slot.key().id()));
  }

  private Runnable after(Duration delay, Runnable task) {
    var alarm = new Alarm(now.plus(delay), task);
    alarms.add(alarm);
    return () -> alarm.task = () -> {};
  }

  private void ring() {
    var due = alarms.stream().filter(alarm -> !alarm.at.isAfter(now)).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.task.run());
  }
}
