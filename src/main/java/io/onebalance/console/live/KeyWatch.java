package io.onebalance.console.live;

import io.onebalance.key.event.KeyEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Listens to what happens to keys and holds the latest of it: what passes soon and what lasts each
/// up to [#MOST], so that a storm of short rests does not push out the blocks. Thread-safe; to hear
/// of an event costs no more than to put it into a queue.
public final class KeyWatch implements Consumer<KeyEvent> {
  /// Events of either sort that are held; older ones are forgotten.
  public static final int MOST = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<Heard> passing = new ArrayDeque<>();
  private final Deque<Heard> lasting = new ArrayDeque<>();
  private long newest;
  private volatile boolean over;

  @Override
  public void accept(KeyEvent event) {
    var events = event.change().isPassing() ? passing : lasting;
    lock.lock();
    try {
      newest++;
      events.addLast(new Heard(newest, event));
      if (events.size() > MOST) {
        events.removeFirst();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The latest events, newest first.
  public List<Heard> latest(int most) {
    return held().reversed().stream().limit(most).toList();
  }

  /// The latest events of a key and of those that share its account, newest first.
  public List<Heard> of(String keyId, String account) {
    return held().reversed().stream()
        .filter(heard -> heard.event().concerns(keyId, account))
        .toList();
  }

  /// The events after this number, oldest first.
  public List<Heard> after(long number, int most) {
    return held().stream().filter(heard -> heard.number() > number).limit(most).toList();
  }

  /// The number of the newest event; 0 before the first.
  public long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private List<Heard> held() {
    var held = new ArrayList<Heard>(2 * MOST);
    lock.lock();
    try {
      held.addAll(passing);
      held.addAll(lasting);
    } finally {
      lock.unlock();
    }
    held.sort(Comparator.comparingLong(Heard::number));
    return held;
  }

  /// Waits until there is an event after this number, or for so long.
  public void await(long number, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      var left = longest.toNanos();
      while (newest <= number && left > 0 && !over) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Those who follow are let go: the program ends.
  public void end() {
    lock.lock();
    try {
      over = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing more will be told.
  public boolean isOver() {
    return over;
  }
}
