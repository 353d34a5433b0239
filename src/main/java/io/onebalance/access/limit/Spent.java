package io.onebalance.access.limit;

/// What a gateway key spent in a time: money in nano-dollars, tokens, and how many of its requests
/// had a price that nobody knows. Those count nothing towards a budget of money.
public record Spent(long nanos, long tokens, long unpriced) {
  public static final Spent NOTHING = new Spent(0, 0, 0);

  private static final long NANOS_A_MICRO = 1_000;

  public Spent plus(Spent other) {
    return new Spent(nanos + other.nanos, tokens + other.tokens, unpriced + other.unpriced);
  }

  /// In whole millionths of a dollar; what is less than one does not count as one.
  public long micros() {
    return nanos / NANOS_A_MICRO;
  }
}
