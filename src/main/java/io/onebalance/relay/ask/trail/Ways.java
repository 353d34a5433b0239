package io.onebalance.relay.ask.trail;

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
public final class Ways {
  /// After this many keys answered an indefinite 401 or 403, the request is to blame (F27).
  private static final int DOUBTS = 3;

  /// After this many keys that lack the permission for it, no further one is thought to have it.
  private static final int UNPERMITTED = 8;

  private final Pool pool;
  private final String model;
  private final String requestId;
  private final List<Way> ways = new ArrayList<>(1);
  private boolean served;

  /// `model` is what the keys are asked for, empty where the request names none.
  public Ways(Pool pool, String model, String requestId) {
    this.pool = pool;
    this.model = model;
    this.requestId = requestId;
  }

  /// One more way.
  public Way begin() {
    var way = new Way();
    ways.add(way);
    return way;
  }

  /// Whether so many keys are in doubt that none is to blame.
  public boolean blameTheRequest() {
    return ways.stream().mapToInt(way -> way.trail.doubted().size()).sum() >= DOUBTS;
  }

  /// Whether so many keys may not do what was asked that none is thought to.
  public boolean areForbidden() {
    return ways.stream().mapToInt(way -> way.trail.unpermitted().size()).sum() >= UNPERMITTED;
  }

  private void settle(Instant now) {
    if (served || areOver()) {
      ways.forEach(way -> way.settle(now));
    }
  }

  private boolean areOver() {
    for (var way : ways) {
      if (!way.over) {
        return false;
      }
    }
    return true;
  }

  /// One of them.
  public final class Way {
    private Trail trail = Trail.NONE;
    private String key = "";
    private boolean over;
    private boolean settled;

    public Trail trail() {
      return trail;
    }

    public void goesOn(Trail.Step step) {
      trail = trail.and(step);
    }

    /// Asks a key by its id from now on, or none: "".
    public void asks(String keyId) {
      key = keyId;
    }

    public String key() {
      return key;
    }

    /// The keys that are not to be asked on this way.
    public Set<String> barred() {
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
    public void ends(boolean withAnswer, Instant now) {
      over = true;
      served |= withAnswer;
      Ways.this.settle(now);
    }

    private void settle(Instant now) {
      if (settled || !over) {
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
