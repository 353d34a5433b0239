package io.onebalance.ledger;

/// An amount of US dollars, in whole nano-dollars: sums of many small costs stay exact.
public record Money(long nanos) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  private static final long NANOS_A_MICRO = 1_000;

  /// Of so many millionths of a dollar.
  public static Money ofMicros(long micros) {
    return new Money(Math.multiplyExact(micros, NANOS_A_MICRO));
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(nanos, other.nanos));
  }

  /// Rounded half up to millionths of a dollar, as the API tells it.
  public long micros() {
    return Math.floorDiv(nanos + NANOS_A_MICRO / 2, NANOS_A_MICRO);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(nanos, other.nanos);
  }
}
