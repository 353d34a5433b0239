package io.onebalance.key.pool;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Cooling;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A pool with a clock that is set by hand, and short ways to play with it.
final class Stage {
  static final String MODEL = "gemini-2.5-flash";
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  static final Verdict SERVED = new Verdict.Served();

  final List<String> changed = new ArrayList<>();
  final List<KeyEvent> events = new ArrayList<>();
  final Pools pools;
  final Pool pool;
  Instant now = START;

  Stage(String... ids) {
    this(
        new Policy(2, 5, Map.of("google", Windows.ofDay(ZoneId.of("America/Los_Angeles")))),
        "google");
    for (var id : ids) {
      add(Keys.key(id));
    }
  }

  Stage(Policy policy, String provider) {
    pools = new Pools(policy, new SplittableRandom(42), changed::add, events::add);
    pool = pools.of(provider);
  }

  void add(ApiKey key) {
    pool.put(key, Standing.NEW, now);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Choice choose(String... asked) {
    return pool.choose(MODEL, Set.of(asked), now);
  }

  Slot take(String... asked) {
    return slot(choose(asked));
  }

  Slot takeOnly(String id) {
    return slot(pool.chooseOnly(id, MODEL, now));
  }

  static Slot slot(Choice choice) {
    return switch (choice) {
      case Choice.Chosen(var slot) -> slot;
      case Choice.Wait wait -> throw new AssertionError(wait);
      case Choice.None none -> throw new AssertionError(none);
    };
  }

  void settle(Slot slot, Verdict verdict) {
    slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(500)), now);
  }

  void settle(String id, Verdict verdict) {
    settle(takeOnly(id), verdict);
  }

  Standing standing(String id) {
    return pool.standing(id, now).orElseThrow();
  }

  Optional<Cooling> cooling(String id, String model) {
    return Optional.ofNullable(standing(id).coolings().get(model));
  }

  Duration rest(String id) {
    return cooling(id, MODEL).map(c -> Duration.between(now, c.until())).orElse(Duration.ZERO);
  }

  Duration restOfWhole(String id) {
    return cooling(id, Cooling.WHOLE_KEY)
        .map(c -> Duration.between(now, c.until()))
        .orElse(Duration.ZERO);
  }

  static Verdict limited(Duration rest) {
    return new Verdict.Limited(Verdict.Window.MINUTE, Optional.of(rest), Optional.empty());
  }

  static Verdict untold() {
    return new Verdict.Limited(Verdict.Window.UNKNOWN, Optional.empty(), Optional.empty());
  }

  static Verdict daily(Duration rest) {
    var quota = new Verdict.Quota("GenerateRequestsPerDay", Optional.of(20L));
    return new Verdict.Limited(Verdict.Window.DAY, Optional.of(rest), Optional.of(quota));
  }

  static Verdict exhausted() {
    return new Verdict.Exhausted("no credit", Duration.ofHours(2));
  }
}
