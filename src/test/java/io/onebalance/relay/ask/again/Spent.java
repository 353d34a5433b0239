package io.onebalance.relay.ask.again;

import java.time.Instant;

/// Budgets of which nothing is left.
public final class Spent {
  private Spent() {}

  public static void all(Budgets budgets, String provider, Instant now) {
    while (budgets.of(provider).take(now)) {
      // until nothing is left
    }
  }
}
