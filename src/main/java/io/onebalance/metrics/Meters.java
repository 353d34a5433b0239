package io.onebalance.metrics;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /// What many entries have in common: they are counted at once, as looking for their labels takes
  /// far longer than adding them up.
  private record Alike(String provider, String model, Entry.Kind kind, Entry.Ending ending) {
    static Alike of(Entry entry) {
      var served = entry.served();
      return new Alike(served.provider(), served.model(), entry.asked().kind(), entry.ending());
    }
  }

  /// Counts these entries.
  public synchronized void heard(List<Entry> entries) {
    var lots = new LinkedHashMap<Alike, List<Entry>>();
    for (var entry : entries) {
      lots.computeIfAbsent(Alike.of(entry), _ -> new ArrayList<>()).add(entry);
    }
    lots.forEach(this::count);
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

  private void count(Alike alike, List<Entry> lot) {
    var provider = providers.learn(alike.provider);
    var model = model(alike, provider);
    requests.add(lot.size(), List.of(provider, model, word(alike.kind), status(alike.ending)));
    countAttempts(lot);
    countTokens(lot, provider, model);
    countCost(lot, provider, model);
    countTimes(lot, provider);
  }

  /// Runs of the same are counted at once: most entries tell of one that served.
  private void countAttempts(List<Entry> lot) {
    var provider = "";
    var verdict = "";
    var run = 0;
    for (var entry : lot) {
      for (var attempt : entry.attempts()) {
        if (run > 0
            && !(attempt.verdict().equals(verdict) && attempt.provider().equals(provider))) {
          count(run, provider, verdict);
          run = 0;
        }
        provider = attempt.provider();
        verdict = attempt.verdict();
        run++;
      }
    }
    if (run > 0) {
      count(run, provider, verdict);
    }
  }

  private void count(int many, String provider, String verdict) {
    attempts.add(many, List.of(providers.learn(provider), verdicts.learn(verdict)));
  }

  private void countTokens(List<Entry> lot, String provider, String model) {
    var sum = Tokens.NONE;
    for (var entry : lot) {
      sum = sum.plus(entry.tokens());
    }
    if (sum.total() > 0) {
      tokens.add(sum.input(), List.of(provider, model, "input"));
      tokens.add(sum.cached(), List.of(provider, model, "cached"));
      tokens.add(sum.cacheWritten(), List.of(provider, model, "cache_written"));
      tokens.add(sum.output(), List.of(provider, model, "output"));
      tokens.add(sum.reasoning(), List.of(provider, model, "reasoning"));
    }
  }

  /// A model that costs nothing has a sum, too.
  private void countCost(List<Entry> lot, String provider, String model) {
    var nanos = 0L;
    var priced = 0;
    var without = 0;
    for (var entry : lot) {
      if (entry.cost().isPresent()) {
        nanos += entry.cost().get().nanos();
        priced++;
      } else if (entry.tokens().total() > 0) {
        without++;
      }
    }
    if (priced > 0) {
      cost.add(nanos, List.of(provider, model));
    }
    if (without > 0) {
      unpriced.add(without, List.of(provider, model));
    }
  }

  private void countTimes(List<Entry> lot, String provider) {
    var ended = total.of(provider);
    for (var entry : lot) {
      ended.add(entry.times().total());
      if (entry.times().firstByte().isPositive()) {
        firstByte.of(provider).add(entry.times().firstByte());
      }
    }
  }

  private String model(Alike alike, String provider) {
    var known = models.computeIfAbsent(provider, _ -> new Vocabulary(MOST_MODELS, secret));
    return answered(alike.ending) ? known.learn(alike.model) : known.of(alike.model);
  }

  private static boolean answered(Entry.Ending ending) {
    return ending.status() >= 200 && ending.status() < 300;
  }

  private static String status(Entry.Ending ending) {
    return ending.how() == Entry.How.CUT ? "cut" : Integer.toString(ending.status());
  }

  private static String word(Entry.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
