package io.onebalance.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The latest requests, in the order in which their bodies were complete. Thread-safe, bounded by
/// number and by bytes; numbers go on when old requests are dropped.
public final class Seen {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  private record Wait(long number, CompletableFuture<Asked> done) {}

  private final Deque<Asked> kept = new ArrayDeque<>();
  private final List<Wait> waits = new ArrayList<>();
  private long count;
  private long bytes;

  /// What is kept, oldest first.
  public synchronized List<Asked> all() {
    return List.copyOf(kept);
  }

  /// How many there were, since the beginning or since [#forget].
  public synchronized long count() {
    return count;
  }

  public synchronized Asked last() {
    return kept.getLast();
  }

  /// Begins to count anew. Whoever still waits goes on waiting for its number.
  public synchronized void forget() {
    kept.clear();
    bytes = 0;
    count = 0;
  }

  /// The nth request (1 is the first), as soon as it is there.
  public CompletableFuture<Asked> nth(long number) {
    var done = new CompletableFuture<Asked>();
    synchronized (this) {
      var index = number - 1 - (count - kept.size());
      if (number <= count) {
        return index < 0
            ? CompletableFuture.failedFuture(
                new IllegalArgumentException("request " + number + " is no longer kept"))
            : CompletableFuture.completedFuture(all().get((int) index));
      }
      waits.add(new Wait(number, done));
    }
    return done;
  }

  void add(Asked asked) {
    var ready = new ArrayList<Wait>();
    synchronized (this) {
      kept.addLast(asked);
      count++;
      bytes += asked.heard().body().length;
      while (kept.size() > MOST || (bytes > MOST_BYTES && kept.size() > 1)) {
        bytes -= kept.removeFirst().heard().body().length;
      }
      waits.removeIf(wait -> wait.number == count && ready.add(wait));
    }
    ready.forEach(wait -> wait.done.complete(asked));
  }
}
