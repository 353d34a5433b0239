package io.onebalance.key.quota.gauge;

import java.util.Arrays;

/// A sum over a window: what was added, until each part of it counts no more. What is added at the
/// same step of time is one part, so that a busy key needs no more memory than a window has steps.
class Count {
  private static final int FIRST_PARTS = 4;

  private final Span span;

  /// For each part the step at which it ends and its amount: a ring, the soonest to end first. Of a
  /// step's number the lower half is kept, which tells apart any that lie within months.
  private int[] ring = new int[2 * FIRST_PARTS];

  private int head;
  private int parts;
  private long sum;

  Count(Span span) {
    this.span = span;
  }

  /// The window that this is the sum over.
  public final Span span() {
    return span;
  }

  /// What counts at this time.
  final long sum(long now) {
    var step = (int) (now >> span.grain());
    while (parts > 0 && end(0) - step <= 0) {
      sum -= amount(0);
      head = (head + 2) & (ring.length - 1);
      parts--;
    }
    return sum;
  }

  /// Adds what counts for a window from then on and `late` milliseconds longer, or takes back what
  /// was added then (where negative), as far as it still counts.
  final void add(long then, long late, long amount) {
    var end = (int) ((span.end(then) + late + (1L << span.grain()) - 1) >> span.grain());
    var part = lastNotAfter(end);
    if (part < 0 || (amount > 0 && end(part) != end && part == parts - 1)) {
      if (amount > 0 && part == parts - 1) {
        append(end, clamp(amount));
      } else if (amount > 0) {
        change(0, clamp(amount));
      }
    } else if (amount > 0) {
      change(part, clamp(amount));
    } else {
      takeBack(part, -amount);
    }
  }

  /// From when on no more than this counts, if nothing is added.
  final long freeAt(long now, long most) {
    var left = sum(now);
    if (left <= most) {
      return now;
    }
    var step = now >> span.grain();
    for (var part = 0; part < parts; part++) {
      left -= amount(part);
      if (left <= most) {
        return (step + (end(part) - (int) step)) << span.grain();
      }
    }
    return now;
  }

  /// Forgets all that was added.
  void clear() {
    parts = 0;
    sum = 0;
  }

  private int lastNotAfter(int end) {
    var part = parts - 1;
    while (part >= 0 && end(part) - end > 0) {
      part--;
    }
    return part;
  }

  private void takeBack(int from, long amount) {
    var left = amount;
    for (var part = from; part >= 0 && left > 0; part--) {
      var taken = (int) Math.min(left, amount(part));
      change(part, -taken);
      left -= taken;
    }
  }

  private void change(int part, int by) {
    ring[at(part) + 1] += by;
    sum += by;
  }

  private void append(int end, int amount) {
    if (2 * parts == ring.length) {
      grow();
    }
    var at = at(parts++);
    ring[at] = end;
    ring[at + 1] = amount;
    sum += amount;
  }

  private void grow() {
    var grown = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), 2 * ring.length);
    System.arraycopy(ring, 0, grown, ring.length - head, head);
    ring = grown;
    head = 0;
  }

  private int end(int part) {
    return ring[at(part)];
  }

  private int amount(int part) {
    return ring[at(part) + 1];
  }

  private int at(int part) {
    return (head + 2 * part) & (ring.length - 1);
  }

  private static int clamp(long amount) {
    return (int) Math.min(amount, Integer.MAX_VALUE / 4);
  }
}
