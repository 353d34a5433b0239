package io.onebalance.relay.matrix;

import io.onebalance.key.queue.Timer;
import io.onebalance.upstream.Wheel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/// A time that passes only from one event to the next, and one thread for all of them.
final class VirtualTime implements InstantSource, Timer, Wheel.Motor, Executor {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
  private Instant now;
  private long numbers;

  VirtualTime(Instant start) {
    now = start;
  }

  private static final class Event {
    private final Instant at;
    private final long number;
    private Runnable task;

    Event(Instant at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    Instant at() {
      return at;
    }

    long number() {
      return number;
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    var event = new Event(now.plus(delay.isNegative() ? Duration.ZERO : delay), numbers++, task);
    events.add(event);
    return () -> event.task = () -> {};
  }

  @Override
  public Runnable run(Duration tick, Runnable turn) {
    return new Turning(tick, turn).begun();
  }

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  /// Lets all happen that is to happen until then; false where something still is to come.
  boolean passUntil(Instant end) {
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      var event = events.remove();
      now = event.at();
      event.task.run();
    }
    return events.isEmpty();
  }

  private final class Turning {
    private final Duration tick;
    private final Runnable turn;
    private boolean stopped;

    Turning(Duration tick, Runnable turn) {
      this.tick = tick;
      this.turn = turn;
    }

    Runnable begun() {
      after(tick, this::turn);
      return () -> stopped = true;
    }

    private void turn() {
      if (!stopped) {
        after(tick, this::turn);
        turn.run();
      }
    }
  }
}
