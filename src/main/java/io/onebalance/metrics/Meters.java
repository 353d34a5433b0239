package io.onebalance.metrics;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/// What was counted of requests since the program began. Hears of entries after they were written,
/// off the hot path. Thread-safe.
///
/// No label names a gateway key, a key or a person. A model has a label of its own once it has
/// answered, as what clients ask for in vain may be anything (S24).
public final class Meters {
  /// Of one provider; more are counted together.
  static final int MOST_MODELS = 200;

  private static final int MOST_PROVIDERS = 200;
  private static final int MOST_VERDICTS = 32;
  private static final double NANOS_A_DOLLAR = 1e9;

  /// Steps in seconds: in which an answer has begun, and in which it is whole.
  private static final double[] BEGUN = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120
  };

  private static final double[] WHOLE =
      DoubleStream.concat(DoubleStream.of(BEGUN), DoubleStream.of(300, 600)).toArray();

  private final Count requests =
      new Count(
          "onebalance_requests",
          "Requests that ended; status 0: the client left before, cut: the answer broke off",
          "provider",
          "model",
          "kind",
          "status");
  private final Count attempts =
      new Count(
          "onebalance_attempts", "Keys that were asked, by what came of it", "provider", "verdict");
  private final Count tokens =
      new Count(
          "onebalance_tokens",
          "Tokens; cached and cache_written are part of input, reasoning is part of output",
          "provider",
          "model",
          "kind");
  private final Count cost =
      new Count(
          "onebalance_cost_dollars",
          "What requests cost in US dollars, as far as prices are known",
          NANOS_A_DOLLAR,
          "provider",
          "model");
  private final Count unpriced =
      new Count(
          "onebalance_unpriced_requests",
          "Requests that used tokens and whose price is not known",
          "provider",
          "model");
  private final Spread firstByte =
      new Spread(
          "onebalance_first_byte_seconds",
          "From a request's head to the first byte of its answer",
          BEGUN);
  private final Spread total =
      new Spread("onebalance_request_seconds", "From a request's head to its end", WHOLE);

  private final Predicate<String> secret;
  private final Vocabulary providers;
  private final Vocabulary verdicts;
  private final Map<String, Vocabulary> models = new HashMap<>();

  /// `secret` knows the words that may not be seen, such as a gateway key that somebody sent in
  /// place of a model; it is asked once of each word.
  public Meters(Predicate<String> secret) {
    this.secret = secret;
    this.providers = new Vocabulary(MOST_PROVIDERS, secret);
    this.verdicts = new Vocabulary(MOST_VERDICTS, secret);
  }

  /// Counts these entries.
  public synchronized void heard(List<Entry> entries) {
    entries.forEach(this::count);
  }

  /// How it stands now.
  public synchronized List<MetricSnapshot> snapshots() {
    return List.of(
        requests.snapshot(),
        attempts.snapshot(),
        tokens.snapshot(),
        cost.snapshot(),
        unpriced.snapshot(),
        firstByte.snapshot(),
        total.snapshot());
  }

  private void count(Entry entry) {
    var provider = providers.learn(entry.served().provider());
    var model = model(entry, provider);
    requests.add(1, List.of(provider, model, word(entry.asked().kind()), status(entry)));
    entry.attempts().forEach(this::count);
    count(entry.tokens(), provider, model);
    entry
        .cost()
        .ifPresentOrElse(
            money -> cost.add(money.nanos(), List.of(provider, model)),
            () -> unpriced(entry, provider, model));
    count(entry.times(), provider);
  }

  private void count(Entry.Attempt attempt) {
    var provider = providers.learn(attempt.provider());
    attempts.add(1, List.of(provider, verdicts.learn(attempt.verdict())));
  }

  private void count(Tokens used, String provider, String model) {
    if (used.total() > 0) {
      tokens.add(used.input(), List.of(provider, model, "input"));
      tokens.add(used.cached(), List.of(provider, model, "cached"));
      tokens.add(used.cacheWritten(), List.of(provider, model, "cache_written"));
      tokens.add(used.output(), List.of(provider, model, "output"));
      tokens.add(used.reasoning(), List.of(provider, model, "reasoning"));
    }
  }

  private void unpriced(Entry entry, String provider, String model) {
    if (entry.tokens().total() > 0) {
      unpriced.add(1, List.of(provider, model));
    }
  }

  private void count(Entry.Times times, String provider) {
    total.add(times.total(), provider);
    if (times.firstByte().isPositive()) {
      firstByte.add(times.firstByte(), provider);
    }
  }

  private String model(Entry entry, String provider) {
    var known = models.computeIfAbsent(provider, _ -> new Vocabulary(MOST_MODELS, secret));
    var model = entry.served().model();
    return answered(entry.ending()) ? known.learn(model) : known.of(model);
  }

  private static boolean answered(Entry.Ending ending) {
    return ending.status() >= 200 && ending.status() < 300;
  }

  private static String status(Entry entry) {
    return entry.ending().how() == Entry.How.CUT
        ? "cut"
        : Integer.toString(entry.ending().status());
  }

  private static String word(Entry.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
