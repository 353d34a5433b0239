package io.onebalance.console.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How often each actor may do something within a time. All methods lock.
public final class Quota {
  private static final int MOST_ACTORS = 1_000;

  private final int most;
  private final Duration window;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  public Quota(int most, Duration window) {
    this.most = most;
    this.window = window;
  }

  /// Counts one time and lets it through, or says no.
  public synchronized boolean take(String actor, Instant now) {
    taken.values().removeIf(times -> !times.getLast().isAfter(now.minus(window)));
    if (taken.size() >= MOST_ACTORS && !taken.containsKey(actor)) {
      return false;
    }
    var times = taken.computeIfAbsent(actor, _ -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(window))) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      return false;
    }
    times.addLast(now);
    return true;
  }
}
