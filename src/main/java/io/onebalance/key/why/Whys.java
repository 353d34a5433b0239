package io.onebalance.key.why;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Why the latest requests were sent to the keys that they went to. Bounded: the oldest is
/// forgotten for the newest. Keeping one takes a few nanoseconds; it is looked for only when
/// somebody reads. Safe for use by several threads.
public final class Whys {
  /// So many requests are remembered.
  static final int REQUESTS = 2048;

  /// Of a request that asked many keys, the first choices.
  public static final int CHOICES = 8;

  private final AtomicReferenceArray<@Nullable Kept> ring = new AtomicReferenceArray<>(REQUESTS);
  private final AtomicInteger next = new AtomicInteger();

  private record Kept(String requestId, List<Why> whys) {}

  public void keep(String requestId, List<Why> whys) {
    ring.set(next.getAndIncrement() & (REQUESTS - 1), new Kept(requestId, List.copyOf(whys)));
  }

  /// One for each asking of a key, in order; empty where nothing is remembered of this request.
  public List<Why> of(String requestId) {
    for (var place = 0; place < REQUESTS; place++) {
      var kept = ring.get(place);
      if (kept != null && kept.requestId.equals(requestId)) {
        return kept.whys;
      }
    }
    return List.of();
  }
}
