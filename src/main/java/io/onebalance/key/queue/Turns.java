package io.onebalance.key.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Those who wait for one model: the callers take turns, and the requests of each come in the order
/// of their arrival. Guarded by the line.
final class Turns {
  /// So many are asked whether they take what there is, before all wait on: what is too little for
  /// one may do for another.
  private static final int OFFERS = 16;

  private final Map<String, Deque<Waiter>> byCaller = new LinkedHashMap<>();
  private final PriorityQueue<Waiter> byPatience =
      new PriorityQueue<>(Comparator.comparing(Waiter::until));
  private int size;

  int size() {
    return size;
  }

  void join(Waiter waiter) {
    byCaller.computeIfAbsent(waiter.caller(), _ -> new ArrayDeque<>()).add(waiter);
    byPatience.add(waiter);
    size++;
  }

  /// One waits no more; false where that was so before.
  boolean leave(Waiter waiter) {
    var own = byCaller.get(waiter.caller());
    if (own == null || !own.remove(waiter)) {
      return false;
    }
    waiter.end();
    size--;
    if (own.isEmpty()) {
      byCaller.remove(waiter.caller());
    }
    return true;
  }

  /// One got what it waited for: its caller's next turn comes after that of all others.
  void served(Waiter waiter) {
    leave(waiter);
    var others = byCaller.remove(waiter.caller());
    if (others != null) {
      byCaller.put(waiter.caller(), others);
    }
  }

  /// When the patience of one ends next; [Instant#MAX] where nobody waits.
  Instant patience() {
    while (!byPatience.isEmpty() && byPatience.peek().isOver()) {
      byPatience.remove();
    }
    return byPatience.isEmpty() ? Instant.MAX : byPatience.peek().until();
  }

  /// Those whose patience has ended; they have not left yet.
  List<Waiter> impatient(Instant now) {
    var impatient = new ArrayList<Waiter>(0);
    while (!patience().isAfter(now)) {
      impatient.add(byPatience.remove());
    }
    return impatient;
  }

  /// Who is offered what there is: the first of each caller in turn, then the second of each, and
  /// so on.
  List<Waiter> first() {
    var first = new ArrayList<Waiter>(Math.min(size, OFFERS));
    var lines = new ArrayDeque<Iterator<Waiter>>();
    for (var own : byCaller.values()) {
      lines.add(own.iterator());
      if (lines.size() == OFFERS) {
        break;
      }
    }
    while (!lines.isEmpty() && first.size() < OFFERS) {
      var line = lines.removeFirst();
      first.add(line.next());
      if (line.hasNext()) {
        lines.addLast(line);
      }
    }
    return first;
  }
}
