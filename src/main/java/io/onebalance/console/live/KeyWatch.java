package io.onebalance.console.live;

import io.onebalance.console.live.KeyEvent.Place;
import io.onebalance.key.Pools;
import io.onebalance.key.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Looks at the keys that changed and tells what happened to them. It remembers the keys that are
/// not simply in use, and the latest events, up to [#MOST]. Thread-safe.
public final class KeyWatch {
  /// Events that are held; older ones are forgotten.
  public static final int MOST = 1_000;

  private final Pools pools;
  private final Marks marks;
  private final Consumer<KeyEvent> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, Known> known = new HashMap<>();
  private final Deque<KeyEvent> events = new ArrayDeque<>();
  private long seq;

  /// `listener` hears every event, on the thread that looks.
  public KeyWatch(Pools pools, Marks marks, Consumer<KeyEvent> listener) {
    this.pools = pools;
    this.marks = marks;
    this.listener = listener;
  }

  /// Takes note of how all keys stand; that is no news.
  public void begin(Instant now) {
    marks.take();
    pools
        .all()
        .forEach((provider, pool) ->
            pool.keys()
                .forEach(key ->
                    pool.standing(key.id(), now)
                        .ifPresent(standing -> keep(key.id(), Known.of(provider, standing, now)))));
  }

  /// Looks at what changed, and at the rests that ended by themselves.
  public void look(Instant now) {
    var heard = new ArrayList<KeyEvent>();
    lock.lock();
    try {
      for (var id : marks.take()) {
        tell(id, seen(id, now), now, heard);
      }
      for (var id : List.copyOf(known.keySet())) {
        var before = known.get(id);
        if (before != null && before.isOver(now)) {
          tell(id, Optional.of(before.at(now)), now, heard);
        }
      }
      if (!heard.isEmpty()) {
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
    heard.forEach(listener);
  }

  private void tell(String id, Optional<Known> seen, Instant now, List<KeyEvent> heard) {
    var before = known.get(id);
    known.remove(id);
    seen.ifPresent(after -> {
      keep(id, after);
      var then = before == null ? Known.plain(after.provider()) : before;
      after
          .since(then)
          .forEach((model, what) -> {
            var event = new KeyEvent(++seq, now, new Place(after.provider(), id, model), what);
            events.addLast(event);
            heard.add(event);
            if (events.size() > MOST) {
              events.removeFirst();
            }
          });
    });
  }

  private void keep(String id, Known seen) {
    lock.lock();
    try {
      if (!seen.isPlain()) {
        known.put(id, seen);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A key that was deleted is in no pool.
  private Optional<Known> seen(String id, Instant now) {
    return pools.all().entrySet().stream()
        .flatMap(entry ->
            entry.getValue().standing(id, now).stream()
                .map(standing -> Known.of(entry.getKey(), standing, now)))
        .findFirst();
  }

  /// The latest events, newest first.
  public List<KeyEvent> latest(int most) {
    return held().reversed().stream().limit(most).toList();
  }

  /// The latest events of one key, newest first.
  public List<KeyEvent> of(String keyId) {
    return held().reversed().stream().filter(one -> one.place().keyId().equals(keyId)).toList();
  }

  /// The events after this number, oldest first.
  public List<KeyEvent> after(long number, int most) {
    return held().stream().filter(event -> event.seq() > number).limit(most).toList();
  }

  private List<KeyEvent> held() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is an event after this number, or for so long.
  public void await(long number, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      var left = longest.toNanos();
      while (seq <= number && left > 0) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A key that rests for a model, or as a whole.
  public record Resting(Place place, Instant until, String why) {}

  /// The rests that end soonest.
  public List<Resting> soonest(Instant now, int most) {
    lock.lock();
    try {
      return known.entrySet().stream()
          .filter(entry -> entry.getValue().state() instanceof State.Active)
          .flatMap(entry ->
              entry.getValue().rests().entrySet().stream()
                  .filter(rest -> rest.getValue().until().isAfter(now))
                  .map(rest ->
                      new Resting(
                          new Place(entry.getValue().provider(), entry.getKey(), rest.getKey()),
                          rest.getValue().until(),
                          rest.getValue().reason())))
          .sorted(Comparator.comparing(Resting::until))
          .limit(most)
          .toList();
    } finally {
      lock.unlock();
    }
  }
}
