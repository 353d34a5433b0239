package io.onebalance.ledger.price;

import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;

/// What a token of each kind costs, in pico-dollars: a million tokens for a dollar are 1,000,000
/// each.
///
/// @param input of the prompt, read anew
/// @param cached of the prompt, read from a cache
/// @param cacheWritten of the prompt, written to a cache
/// @param output of the answer, thoughts included
public record Price(long input, long cached, long cacheWritten, long output) {
  private static final long PICOS_A_NANO = 1_000;

  public static final Price FREE = new Price(0, 0, 0, 0);

  public Price {
    if (input < 0 || cached < 0 || cacheWritten < 0 || output < 0) {
      throw new IllegalArgumentException("a price below zero");
    }
  }

  /// Rounded half up to nano-dollars, once for the whole request.
  public Money of(Tokens tokens) {
    var fresh = Math.max(0, tokens.input() - tokens.cached() - tokens.cacheWritten());
    var prompt = sum(product(fresh, input), product(tokens.cached(), cached));
    var written = product(tokens.cacheWritten(), cacheWritten);
    var picos = sum(sum(prompt, written), product(tokens.output(), output));
    var half = picos % PICOS_A_NANO >= PICOS_A_NANO / 2;
    return new Money(picos / PICOS_A_NANO + (half ? 1 : 0));
  }

  /// Numbers that no provider means in earnest become the most there is: an overflow would be a
  /// cost below zero, and fill budgets up again.
  private static long product(long tokens, long price) {
    var product = tokens * price;
    return Math.multiplyHigh(tokens, price) == 0 && product >= 0 ? product : Long.MAX_VALUE;
  }

  private static long sum(long some, long more) {
    return Long.MAX_VALUE - some < more ? Long.MAX_VALUE : some + more;
  }
}
