package io.onebalance.simulate.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Virtual time: what is to happen when, in order; what happens at the same moment happens in the
/// order it was planned. For one thread.
public final class Timeline {
  public static final long NEVER = Long.MAX_VALUE;

  private long[] times = new long[1024];
  private long[] order = new long[1024];
  private @Nullable Runnable[] tasks = new @Nullable Runnable[1024];
  private int size;
  private long planned;
  private long now;

  public Timeline(long start) {
    now = start;
  }

  public long now() {
    return now;
  }

  /// Plans a task for a moment that is not over.
  public void at(long time, Runnable task) {
    if (size == times.length) {
      grow();
    }
    var place = up(size++, time);
    put(place, Math.max(time, now), planned++, task);
  }

  public void after(long millis, Runnable task) {
    at(now + millis, task);
  }

  /// When the next task is due.
  public long next() {
    return size == 0 ? NEVER : times[0];
  }

  /// Lets time pass until then, without a task that is due before.
  public void advance(long time) {
    now = Math.max(now, time);
  }

  /// Does the next task.
  public void step() {
    var task = tasks[0];
    advance(times[0]);
    size--;
    down(times[size], order[size], tasks[size]);
    tasks[size] = null;
    if (task != null) {
      task.run();
    }
  }

  private int up(int from, long time) {
    var at = from;
    while (at > 0 && times[(at - 1) / 2] > time) {
      var parent = (at - 1) / 2;
      put(at, times[parent], order[parent], tasks[parent]);
      at = parent;
    }
    return at;
  }

  private void down(long time, long number, @Nullable Runnable task) {
    var at = 0;
    while (true) {
      var child = 2 * at + 1;
      if (child + 1 < size && isBefore(child + 1, times[child], order[child])) {
        child++;
      }
      if (child >= size || !isBefore(child, time, number)) {
        put(at, time, number, task);
        return;
      }
      put(at, times[child], order[child], tasks[child]);
      at = child;
    }
  }

  private boolean isBefore(int at, long time, long number) {
    return times[at] < time || (times[at] == time && order[at] < number);
  }

  private void put(int at, long time, long number, @Nullable Runnable task) {
    times[at] = time;
    order[at] = number;
    tasks[at] = task;
  }

  private void grow() {
    times = Arrays.copyOf(times, 2 * size);
    order = Arrays.copyOf(order, 2 * size);
    tasks = Arrays.copyOf(tasks, 2 * size);
  }
}
