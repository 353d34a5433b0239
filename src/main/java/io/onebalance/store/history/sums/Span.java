package io.onebalance.store.history.sums;

/// How long the pieces of time are that sums are kept for, coarse ones first.
public enum Span {
  DAY(86_400),
  HOUR(3_600),
  MINUTE(60);

  private final long seconds;

  Span(long seconds) {
    this.seconds = seconds;
  }

  public long seconds() {
    return seconds;
  }

  /// The beginning of the piece that this second lies in.
  public long floor(long second) {
    return Math.floorDiv(second, seconds) * seconds;
  }

  /// The first beginning of a piece that is not before this second.
  long ceiling(long second) {
    return -Math.floorDiv(-second, seconds) * seconds;
  }
}
