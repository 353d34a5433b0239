package io.onebalance.key.queue;

import io.onebalance.key.Ask;
import io.onebalance.key.Cooling;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.quota.gauge.Need;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The line before one pool: who finds no key with room, and may expect one in time, waits in it,
/// model by model. There is one alarm for each model, set for when the first key has room; whoever
/// stands first gets it, and a newcomer never passes those who wait. Who may have but one key waits
/// in it too. Past it goes whoever asks the pool itself. Safe for use by several threads.
public final class Line {
  /// More do not wait at a time: they are told when to come back.
  static final int MOST = 10_000;

  private final Object lock = new Object();
  private final Pool pool;
  private final Timer timer;
  private final InstantSource clock;
  private final Map<String, Queue> byModel = new HashMap<>();
  private volatile int waiting;

  public Line(Pool pool, Timer timer, InstantSource clock) {
    this.pool = pool;
    this.timer = timer;
    this.clock = clock;
    pool.tellsOfRoom(this::room);
  }

  /// How many wait.
  public int waiting() {
    return waiting;
  }

  /// Gets a key for `caller`, at once or after a wait of at most `patience`; one that ran out
  /// before is none, and what there is, is offered all the same. `told` hears once, on this thread
  /// before this returns, or later on the thread that brought the news: the key; or how long it
  /// would be where that is too long; or that there is none to wait for.
  public Ticket ask(Ask ask, String caller, Duration patience, Consumer<Choice> told) {
    var now = clock.instant();
    var most = patience.isNegative() ? Duration.ZERO : patience;
    var waiter = new Waiter(ask, caller, now.plus(most), told);
    var choice = waiting == 0 ? pool.choose(ask, now) : new Choice.Wait(Duration.ZERO);
    if (choice instanceof Choice.Wait(var rest) && rest.compareTo(most) <= 0) {
      join(waiter, now);
    } else {
      told.accept(choice);
    }
    return () -> leave(waiter);
  }

  private void join(Waiter waiter, Instant now) {
    List<News> news;
    synchronized (lock) {
      if (waiting >= MOST) {
        news = List.of(new News(waiter, pool.choose(waiter.ask(), now)));
      } else {
        var queue = byModel.computeIfAbsent(waiter.ask().model(), Queue::new);
        queue.turns.join(waiter);
        waiting++; // whoever gives a key back from now on looks into the line
        news = queue.serve(now);
        count();
      }
    }
    news.forEach(News::tell);
  }

  private void leave(Waiter waiter) {
    synchronized (lock) {
      var queue = byModel.get(waiter.ask().model());
      if (queue != null && queue.turns.leave(waiter)) {
        waiter.forget();
        count();
      }
    }
  }

  /// A key may have room for this model, or for all.
  private void room(String model) {
    if (waiting == 0) {
      return;
    }
    var news = new ArrayList<News>();
    synchronized (lock) {
      var now = clock.instant();
      for (var queue : byModel.values()) {
        if (model.equals(Cooling.WHOLE_KEY) || model.equals(queue.model)) {
          news.addAll(queue.serve(now));
        }
      }
      count();
    }
    news.forEach(News::tell);
  }

  private void rang(Queue queue) {
    List<News> news;
    synchronized (lock) {
      queue.rings = Instant.MAX;
      news = queue.serve(clock.instant());
      count();
    }
    news.forEach(News::tell);
  }

  private void count() {
    byModel.values().removeIf(Queue::isOver);
    waiting = byModel.values().stream().mapToInt(queue -> queue.turns.size()).sum();
  }

  /// What is told once the lock is released.
  private record News(Waiter waiter, Choice choice) {
    void tell() {
      waiter.tell(choice);
    }
  }

  /// Those who wait for one model, and the alarm that is set for them.
  private final class Queue {
    private final String model;
    private final Turns turns = new Turns();
    private Runnable alarm = () -> {};
    private Instant rings = Instant.MAX;
    private Duration soonest = Duration.ZERO;

    Queue(String model) {
      this.model = model;
    }

    /// Gives what there is to those who come first; the others wait on, if they may.
    List<News> serve(Instant now) {
      var news = new ArrayList<News>();
      while (offered(news, now)) {
        // each takes one key; there may be another
      }
      for (var waiter : turns.impatient(now)) {
        turns.leave(waiter);
        news.add(new News(waiter, new Choice.Wait(soonest)));
      }
      await(now);
      return news;
    }

    private boolean offered(List<News> news, Instant now) {
      soonest = Duration.ofSeconds(Long.MAX_VALUE);
      var tooMuch = Need.MOST;
      for (var waiter : turns.first()) {
        if (waiter.ask().only().isEmpty() && waiter.ask().isAtLeast(tooMuch)) {
          continue;
        }
        var choice = pool.choose(waiter.ask(), now);
        if (!(choice instanceof Choice.Wait(var rest))) {
          turns.served(waiter);
          news.add(new News(waiter, choice));
          return true;
        }
        soonest = rest.compareTo(soonest) < 0 ? rest : soonest;
        tooMuch = waiter.ask().isForAny() ? waiter.ask().need() : tooMuch;
      }
      return false;
    }

    private void await(Instant now) {
      var patience = turns.patience();
      if (isOver()) {
        return;
      }
      var room =
          Duration.between(now, patience).compareTo(soonest) > 0 ? now.plus(soonest) : patience;
      if (!room.equals(rings)) {
        alarm.run();
        rings = room;
        alarm = timer.after(Duration.between(now, room), () -> rang(this));
      }
    }

    /// Whether nobody waits any more; then no alarm is needed either.
    private boolean isOver() {
      if (turns.size() > 0) {
        return false;
      }
      alarm.run();
      return true;
    }
  }
}
