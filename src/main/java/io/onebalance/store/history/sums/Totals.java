package io.onebalance.store.history.sums;

import io.onebalance.ledger.Money;

/// What many requests come to. `costNanos` is in nano-dollars.
public record Totals(
    long requests,
    long errors,
    long attempts,
    Tokens tokens,
    long costNanos,
    Doubts doubts,
    Times times) {
  /// Tokens; `cached` and `cacheWritten` are of the input, `reasoning` of the output.
  public record Tokens(long input, long output, long cached, long cacheWritten, long reasoning) {
    public long total() {
      return input + output;
    }
  }

  /// What is not known exactly: requests with tokens whose price is unknown, and requests whose
  /// tokens are estimated.
  public record Doubts(long unpriced, long estimated) {}

  /// Sums of milliseconds, for averages: to the end, and to the first byte of those that got one.
  public record Times(long total, long firstBytes, long firstByte) {}

  /// What was spent, as far as prices are known.
  public Money cost() {
    return new Money(costNanos);
  }
}
