package io.onebalance.console.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The brake on guessing at the door. An attempt counts as failed until it is told to have
/// succeeded, so many at once count too. After a few free ones each failure doubles the wait, for
/// the peer and, with a lower cap, for all peers together; a peer that signed in before is spared
/// the common brake, so that a flood of guesses does not lock the owner out. All methods lock;
/// nobody sleeps.
public final class Throttle {
  /// Failures without a wait: `free`; then one second, doubling up to `longest`; forgotten after
  /// `memory` without an attempt.
  private record Brake(int free, Duration longest, Duration memory) {
    Duration wait(int failures) {
      var doublings = Math.clamp(failures - free, -1, 20);
      if (doublings < 0) {
        return Duration.ZERO;
      }
      var wait = Duration.ofSeconds(1L << doublings);
      return wait.compareTo(longest) < 0 ? wait : longest;
    }
  }

  private record Trail(int failures, Instant last) {
    static final Trail NONE = new Trail(0, Instant.EPOCH);

    Trail and(Instant now) {
      return new Trail(failures + 1, now);
    }

    boolean forgotten(Brake brake, Instant now) {
      return !now.isBefore(last.plus(brake.memory()));
    }
  }

  private static final Brake PEER = new Brake(5, Duration.ofMinutes(15), Duration.ofHours(1));
  private static final Brake ALL = new Brake(50, Duration.ofSeconds(30), Duration.ofMinutes(10));
  private static final int MOST_PEERS = 10_000;

  private final Map<String, Trail> peers = bounded();
  private final Map<String, Boolean> welcome = bounded();
  private Trail everybody = Trail.NONE;

  /// Counts one attempt and lets it through (empty), or tells how long to wait.
  public synchronized Optional<Duration> attempt(String peer, Instant now) {
    var own = recent(peers.getOrDefault(peer, Trail.NONE), PEER, now);
    everybody = recent(everybody, ALL, now);
    var wait = left(own, PEER, now);
    if (!welcome.containsKey(peer)) {
      var common = left(everybody, ALL, now);
      wait = wait.compareTo(common) < 0 ? common : wait;
    }
    if (wait.isPositive()) {
      return Optional.of(wait);
    }
    peers.put(peer, own.and(now));
    everybody = everybody.and(now);
    return Optional.empty();
  }

  /// The last attempt of this peer was right: its failures are forgotten.
  public synchronized void succeeded(String peer) {
    peers.remove(peer);
    welcome.put(peer, true);
    everybody = new Trail(Math.max(0, everybody.failures() - 1), everybody.last());
  }

  private static Trail recent(Trail trail, Brake brake, Instant now) {
    return trail.forgotten(brake, now) ? Trail.NONE : trail;
  }

  private static Duration left(Trail trail, Brake brake, Instant now) {
    return Duration.between(now, trail.last().plus(brake.wait(trail.failures())));
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_PEERS;
      }
    };
  }
}
