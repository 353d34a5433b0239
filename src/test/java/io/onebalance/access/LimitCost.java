package io.onebalance.access;

import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What admitting, limiting and charging a request costs (`./dev bench limit-cost`).
final class LimitCost {
  private static final int ROUNDS = 1_000_000;
  private static final int DEFINITIONS = 1_000;
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private LimitCost() {}

  static void main(String[] arguments) throws MalformedAuthKey {
    var keys =
        IntStream.range(0, DEFINITIONS)
            .mapToObj(i -> "gateway-key-0123456789abcdef-" + i)
            .collect(Collectors.toList());
    var one = Grants.parse(keys.getLast());
    var thousand = Grants.parse(String.join(";", keys));
    var last = List.of(keys.getLast());
    var spendings = new Spendings();
    var all =
        new KeyLimits(
            Map.of(
                Limit.REQUESTS_PER_MINUTE, 1_000_000L,
                Limit.TOKENS_PER_MINUTE, 10_000_000_000L,
                Limit.MONEY_PER_DAY, 10_000_000_000L,
                Limit.TOKENS_PER_MONTH, 10_000_000_000L));
    var charge = new Charge(NOW, NOW, 3, OptionalLong.of(7));
    for (var warm = 0; warm < 2; warm++) {
      System.out.println("| | ns |\n|---|---|");
      tell("admit, 1 definition", i -> one.admit(last, NOW));
      tell("admit, 1,000 definitions", i -> thousand.admit(last, NOW));
      tell("no limits", i -> spendings.admit("free", KeyLimits.NONE, NOW));
      tell(
          "all limits: admit, charge, let go",
          i -> {
            var now = NOW.plusNanos(i * 1_000_000L);
            if (spendings.admit("limited", all, now) instanceof Permit.Granted(var hold)) {
              spendings.charge("limited", charge);
              hold.letGo();
            }
          });
    }
  }

  private interface Work {
    void run(int round);
  }

  private static void tell(String name, Work work) {
    var began = System.nanoTime();
    for (var round = 0; round < ROUNDS; round++) {
      work.run(round);
    }
    System.out.printf(
        Locale.ROOT, "| %s | %.0f |%n", name, (System.nanoTime() - began) / (double) ROUNDS);
  }
}
