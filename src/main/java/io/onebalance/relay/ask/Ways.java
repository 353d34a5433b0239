package io.onebalance.relay.ask;

import io.onebalance.key.pool.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The ways on which one request asks the keys of one pool: one, or two at a time. A key that one
/// of them asks, or is done with, is none for the other. What some refusals say of their keys is
/// known when the request has ended: where another key served it, those are at fault; where none
/// did, the request is.
///
/// Not thread-safe: they belong to one event loop.
final class Ways {
  private final Pool pool;
  private final String model;
  private final String requestId;
  private final List<Way> ways = new ArrayList<>(1);
  private boolean served;

  /// `model` is what the keys are asked for, empty where the request names none.
  Ways(Pool pool, String model, String requestId) {
    this.pool = pool;
    this.model = model;
    this.requestId = requestId;
  }

  /// One more way.
  Way begin() {
    var way = new Way();
    ways.add(way);
    return way;
  }

  /// How many keys are in doubt.
  int doubted() {
    return ways.stream().mapToInt(way -> way.trail.doubted().size()).sum();
  }

  /// How many keys were not permitted what was asked.
  int unpermitted() {
    return ways.stream().mapToInt(way -> way.trail.unpermitted().size()).sum();
  }

  private void settle(Instant now) {
    if (served || ways.stream().allMatch(way -> way.over)) {
      ways.stream().filter(way -> way.over).forEach(way -> way.settle(now));
    }
  }

  final class Way {
    private Trail trail = Trail.NONE;
    private String key = "";
    private boolean over;
    private boolean settled;

    Trail trail() {
      return trail;
    }

    void goesOn(Trail.Step step) {
      trail = trail.and(step);
    }

    /// Asks a key by its id from now on, or none: "".
    void asks(String keyId) {
      key = keyId;
    }

    String key() {
      return key;
    }

    /// The keys that are not to be asked on this way.
    Set<String> barred() {
      if (ways.size() == 1) {
        return trail.finished();
      }
      var barred = new HashSet<String>();
      for (var way : ways) {
        barred.addAll(way.trail.finished());
        if (way != this && !way.key.isEmpty()) {
          barred.add(way.key);
        }
      }
      return barred;
    }

    /// The way is over: with an answer that was `served`, or without.
    void ends(boolean withAnswer, Instant now) {
      over = true;
      served |= withAnswer;
      Ways.this.settle(now);
    }

    private void settle(Instant now) {
      if (settled) {
        return;
      }
      settled = true;
      trail
          .doubted()
          .forEach((doubtful, doubt) -> {
            if (served) {
              pool.convict(doubtful.id(), doubt.reason(), requestId, now);
            } else {
              pool.acquit(doubtful.id(), requestId, now);
            }
          });
      if (served) {
        trail
            .unpermitted()
            .forEach((key, lack) -> pool.lacks(key.id(), model, lack.why(), requestId, now));
      }
    }
  }
}
