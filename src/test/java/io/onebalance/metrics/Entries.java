package io.onebalance.metrics;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Entries as the ledger hands them on.
final class Entries {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

  private Entries() {}

  static Entry served(String provider, String model) {
    return of(provider, model, new Entry.Ending(200, Entry.How.WHOLE));
  }

  static Entry of(String provider, String model, Entry.Ending ending) {
    return new Entry(
        "request-1",
        AT,
        "gateway-1",
        new Entry.Asked(Entry.Kind.CHAT, provider + "/" + model, true),
        new Entry.Served(provider, model, "key-1", Entry.Route.DIRECT),
        ending,
        new Entry.Times(Duration.ofMillis(40), Duration.ofMillis(700)),
        new Tokens(1000, 400, 100, 200, 50, Tokens.Source.TOLD),
        Optional.of(Money.ofMicros(1_250)),
        List.of(attempt(provider, "limited"), attempt(provider, "served")),
        2,
        List.of("logprobs"));
  }

  /// Nobody was asked, and nothing was used.
  static Entry refused(int status) {
    return new Entry(
        "request-2",
        AT,
        "",
        new Entry.Asked(Entry.Kind.MESSAGES, "", false),
        Entry.Served.NOBODY,
        new Entry.Ending(status, Entry.How.WHOLE),
        new Entry.Times(Duration.ZERO, Duration.ofNanos(80_000)),
        Tokens.NONE,
        Optional.empty(),
        List.of(),
        0,
        List.of());
  }

  static Entry unpriced(String provider, String model) {
    var priced = served(provider, model);
    return new Entry(
        priced.requestId(),
        priced.at(),
        priced.gatewayKey(),
        priced.asked(),
        priced.served(),
        priced.ending(),
        priced.times(),
        priced.tokens(),
        Optional.empty(),
        priced.attempts(),
        priced.attempted(),
        priced.dropped());
  }

  static Entry.Attempt attempt(String provider, String verdict) {
    return new Entry.Attempt(provider, "key-1", verdict, Duration.ZERO, Duration.ofMillis(30));
  }
}
