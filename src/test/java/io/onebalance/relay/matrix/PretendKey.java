package io.onebalance.relay.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// A key as its provider sees it.
final class PretendKey {
  /// What is so of it, unknown to those who ask with it.
  enum Nature {
    GOOD,
    /// Refused for good (F22).
    DEAD,
    /// Refused without a reason that is certain (F22).
    DOUBTFUL,
    /// Its credit is used up (F21).
    POOR,
    /// It serves so many requests in a window, and says when the next fits (F19, F20).
    LIMITED
  }

  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final String id;
  private final Nature nature;
  private final int most;
  private final ArrayDeque<Instant> served = new ArrayDeque<>();

  PretendKey(String id, Nature nature, int most) {
    this.id = id;
    this.nature = nature;
    this.most = most;
  }

  String id() {
    return id;
  }

  Nature nature() {
    return nature;
  }

  /// Counts a request where it fits; else how long until one does.
  Duration take(Instant now) {
    while (!served.isEmpty() && !served.peek().plus(WINDOW).isAfter(now)) {
      served.remove();
    }
    if (nature != Nature.LIMITED || served.size() < most) {
      served.add(now);
      return Duration.ZERO;
    }
    return Duration.between(now, served.element().plus(WINDOW));
  }
}
