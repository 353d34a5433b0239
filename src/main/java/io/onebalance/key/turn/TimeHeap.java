package io.onebalance.key.turn;

import java.util.Arrays;

/// Times with a small number each, the soonest first: a binary heap without an object per entry. An
/// entry is never taken back; whoever reads the first one asks whether it still holds. Not safe for
/// use by several threads.
public final class TimeHeap {
  private long[] times = new long[8];
  private int[] numbers = new int[8];
  private int size;

  public int size() {
    return size;
  }

  /// The soonest time, or [Long#MAX_VALUE] when nothing is noted.
  public long firstTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /// The number of the soonest time.
  public int firstNumber() {
    return numbers[0];
  }

  public void add(long time, int number) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    var at = size++;
    while (at > 0 && times[(at - 1) / 2] > time) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    put(at, time, number);
  }

  public void removeFirst() {
    size--;
    var time = times[size];
    var number = numbers[size];
    var at = 0;
    for (var child = sooner(1); child < size && times[child] < time; child = sooner(2 * at + 1)) {
      move(child, at);
      at = child;
    }
    put(at, time, number);
  }

  public void clear() {
    size = 0;
  }

  public TimeHeap copy() {
    var copy = new TimeHeap();
    copy.times = times.clone();
    copy.numbers = numbers.clone();
    copy.size = size;
    return copy;
  }

  /// The sooner of two children, or a place beyond the end when there is none.
  private int sooner(int left) {
    return left + 1 < size && times[left + 1] < times[left] ? left + 1 : left;
  }

  private void move(int from, int to) {
    put(to, times[from], numbers[from]);
  }

  private void put(int at, long time, int number) {
    times[at] = time;
    numbers[at] = number;
  }
}
