package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Entries as they are common.
final class Entries {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

  private Entries() {}

  static Entry of(String requestId) {
    return of(requestId, "gpt-4o-mini");
  }

  static Entry of(String requestId, String model) {
    return new Entry(
        requestId,
        NOON,
        "gk-1",
        new Entry.Asked(Entry.Kind.CHAT, model, true),
        new Entry.Served("openai", model, "7f3a9c", Entry.Route.DIRECT),
        new Entry.Ending(200, Entry.How.WHOLE),
        new Entry.Times(Duration.ofMillis(412), Duration.ofMillis(2_318)),
        new Tokens(1_200, 1_024, 0, 345, 64, Tokens.Source.TOLD),
        Optional.of(new Money(310_200)),
        List.of(
            new Entry.Attempt(
                "openai", "11aa22", "limited", Duration.ofMillis(1), Duration.ofMillis(80)),
            new Entry.Attempt(
                "openai", "7f3a9c", "served", Duration.ofMillis(81), Duration.ofMillis(331))),
        2,
        List.of("top_k"));
  }
}
