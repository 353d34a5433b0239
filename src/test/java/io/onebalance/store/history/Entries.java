package io.onebalance.store.history;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Entry.Asked;
import io.onebalance.ledger.Entry.Attempt;
import io.onebalance.ledger.Entry.Ending;
import io.onebalance.ledger.Entry.How;
import io.onebalance.ledger.Entry.Kind;
import io.onebalance.ledger.Entry.Route;
import io.onebalance.ledger.Entry.Served;
import io.onebalance.ledger.Entry.Times;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Entries as a busy gateway makes them: some callers, providers and models are common, some rare.
final class Entries {
  private static final List<String> PROVIDERS =
      List.of("openai", "anthropic", "google-ai-studio", "groq", "mistral", "deepseek");
  private static final int CALLERS = 12;
  private static final int MODELS = 5;

  private final RandomGenerator chance;
  private final int keys;

  Entries(RandomGenerator chance, int keys) {
    this.chance = chance;
    this.keys = keys;
  }

  Entry next(Instant ended) {
    var total = Duration.ofMillis(200 + chance.nextInt(8_000));
    var at = ended.truncatedTo(ChronoUnit.MILLIS).minus(total);
    var provider = PROVIDERS.get(rare(PROVIDERS.size()));
    var model = provider + "-model-" + rare(MODELS);
    var key = provider + "-0198a3c2-7d1e-7000-8000-" + String.format("%06d", chance.nextInt(keys));
    var ending = ending();
    var failed = chance.nextInt(50) == 0;
    return new Entry(
        "%012x%012x".formatted(at.toEpochMilli(), chance.nextLong() >>> 16),
        at,
        "%016x".formatted(rare(CALLERS) * 0x9e3779b97f4a7c15L),
        new Asked(Kind.CHAT, model, chance.nextBoolean()),
        new Served(provider, model, key, Route.DIRECT),
        ending,
        new Times(Duration.ofMillis(total.toMillis() / 3), total),
        tokens(),
        chance.nextInt(20) == 0
            ? Optional.empty()
            : Optional.of(new Money(chance.nextInt(40_000_000))),
        attempts(provider, key, total, failed),
        failed ? 2 : 1,
        List.of());
  }

  private Ending ending() {
    return switch (chance.nextInt(100)) {
      case 0 -> new Ending(429, How.WHOLE);
      case 1 -> new Ending(200, How.LEFT);
      case 2 -> chance.nextInt(20) == 0 ? new Ending(500, How.WHOLE) : new Ending(400, How.WHOLE);
      case 3 -> chance.nextInt(10) == 0 ? new Ending(200, How.CUT) : new Ending(200, How.WHOLE);
      default -> new Ending(200, How.WHOLE);
    };
  }

  private Tokens tokens() {
    var input = 50 + chance.nextInt(6_000);
    var output = 10 + chance.nextInt(1_500);
    return new Tokens(
        input, chance.nextInt(input), 0, output, chance.nextInt(output), Tokens.Source.TOLD);
  }

  private static List<Attempt> attempts(
      String provider, String key, Duration total, boolean failed) {
    var served = new Attempt(provider, key, "served", Duration.ofMillis(1), total);
    var first = new Attempt(provider, key, "limited", Duration.ZERO, Duration.ofMillis(90));
    return failed ? List.of(first, served) : List.of(served);
  }

  /// Each half as common as the one before.
  private int rare(int many) {
    return Math.min(many - 1, Long.numberOfTrailingZeros(chance.nextLong() | 1L << 62));
  }
}
