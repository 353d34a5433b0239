package io.onebalance.relay.exchange;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many requests of each gateway key are under way: one client that floods gets no more than
/// its share (F53). It remembers a number for each key that ever asked.
///
/// Thread-safe: event loops share it.
public final class UnderWay {
  private final ConcurrentMap<String, AtomicInteger> byKey = new ConcurrentHashMap<>();

  /// Takes a place for one more request of this gateway key, unless so many are taken; 0 is any
  /// number. Whoever took one gives it back.
  public boolean begins(String key, int most) {
    var count = byKey.computeIfAbsent(key, _ -> new AtomicInteger());
    if (most == 0) {
      count.incrementAndGet();
      return true;
    }
    return count.getAndUpdate(taken -> taken < most ? taken + 1 : taken) < most;
  }

  /// Gives back a place.
  public void ended(String key) {
    var count = byKey.get(key);
    if (count != null) {
      count.decrementAndGet();
    }
  }

  /// How many are under way, of all keys.
  public int all() {
    return byKey.values().stream().mapToInt(AtomicInteger::get).sum();
  }
}
