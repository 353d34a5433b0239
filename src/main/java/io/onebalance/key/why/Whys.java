package io.onebalance.key.why;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Why the latest requests were sent to the keys that they went to. Keeping one takes a few
/// nanoseconds; it is looked for only when somebody reads. Safe for use by several threads.
public final class Whys {
  /// So many requests each ring remembers.
  static final int REQUESTS = 2048;

  /// Of a request that asked many keys, the first choices.
  public static final int CHOICES = 8;

  private final List<Ring> rings = new CopyOnWriteArrayList<>();

  private record Kept(String requestId, List<Why> whys) {}

  /// A ring of its own for an event loop, kept for good: no two loops write to the same memory.
  public Ring ring() {
    var ring = new Ring();
    rings.add(ring);
    return ring;
  }

  /// One for each asking of a key, in order; empty where nothing is remembered of this request.
  public List<Why> of(String requestId) {
    for (var ring : rings) {
      var whys = ring.of(requestId);
      if (!whys.isEmpty()) {
        return whys;
      }
    }
    return List.of();
  }

  /// The latest requests of one event loop, which alone keeps them here. Bounded: the oldest is
  /// forgotten for the newest.
  public static final class Ring {
    private final AtomicReferenceArray<@Nullable Kept> latest =
        new AtomicReferenceArray<>(REQUESTS);
    private int next;

    private Ring() {}

    public void keep(String requestId, List<Why> whys) {
      latest.setRelease(next++ & (REQUESTS - 1), new Kept(requestId, List.copyOf(whys)));
    }

    private List<Why> of(String requestId) {
      for (var place = 0; place < REQUESTS; place++) {
        var kept = latest.get(place);
        if (kept != null && kept.requestId.equals(requestId)) {
          return kept.whys;
        }
      }
      return List.of();
    }
  }
}
