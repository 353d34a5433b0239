package io.onebalance.relay.ask.hedge;

import io.onebalance.relay.exchange.rules.HedgeRules;
import java.time.Duration;
import java.util.Optional;

/// How long answers for one model take to begin, and how many of its requests may be asked twice.
/// Belongs to one event loop.
final class Pace {
  /// Nobody knows what is slow before so many have begun.
  static final int FIRST = 20;

  /// 95 of 100 begin sooner.
  private static final double USUAL = 0.95;

  /// The estimate moves by this part of itself at most.
  private static final double STEP = 0.1;

  /// So many at a time, after quiet ones.
  private static final double MOST = 3;

  private int heard;
  private double slow;
  private double earned = 1;

  /// One request more, and what it earns.
  void requested(HedgeRules rules) {
    earned = Math.min(Math.max(1, MOST), earned + rules.share());
  }

  /// An answer began after this time; one that was not waited for took at least so long.
  void began(Duration after) {
    double took = Math.max(1, after.toMillis());
    heard = Math.min(FIRST, heard + 1);
    if (heard < FIRST) {
      slow = Math.max(slow, took);
    } else {
      slow = Math.max(1, slow + STEP * slow * (took > slow ? USUAL : USUAL - 1));
    }
  }

  /// How long to wait before a second place is asked; empty while nobody knows.
  Optional<Duration> patience(HedgeRules rules) {
    if (rules.after().isPositive()) {
      return Optional.of(rules.after());
    }
    return heard < FIRST ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(slow)));
  }

  /// Whether there is a second asking left.
  boolean isEarned() {
    return earned >= 1;
  }

  /// Takes one second asking, if there is one left.
  boolean take() {
    if (!isEarned()) {
      return false;
    }
    earned--;
    return true;
  }
}
