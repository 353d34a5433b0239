package io.onebalance.provider.limit;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What it costs to read what is left of the limits from an answer's head: of a provider that tells
/// nothing, of one that could but does not, of one that tells two limits in Go's durations, and of
/// one that tells three with dates.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitsBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final MultiMap bare =
      head(
          Map.of(
              "content-type", "application/json",
              "content-length", "1200",
              "date", "Sat, 21 Nov 2026 12:00:00 GMT"));

  private final MultiMap openai =
      head(
          Map.of(
              "content-type", "application/json",
              "x-request-id", "req_1",
              "x-ratelimit-limit-requests", "500",
              "x-ratelimit-remaining-requests", "499",
              "x-ratelimit-reset-requests", "120ms",
              "x-ratelimit-limit-tokens", "30000",
              "x-ratelimit-remaining-tokens", "29976",
              "x-ratelimit-reset-tokens", "6m0.48s"));

  private final MultiMap anthropic =
      head(
          Map.of(
              "anthropic-ratelimit-requests-limit", "50",
              "anthropic-ratelimit-requests-remaining", "49",
              "anthropic-ratelimit-requests-reset", "2026-11-21T12:00:01Z",
              "anthropic-ratelimit-input-tokens-limit", "40000",
              "anthropic-ratelimit-input-tokens-remaining", "39000",
              "anthropic-ratelimit-input-tokens-reset", "2026-11-21T12:00:02Z",
              "anthropic-ratelimit-output-tokens-limit", "8000",
              "anthropic-ratelimit-output-tokens-remaining", "8000",
              "anthropic-ratelimit-output-tokens-reset", "2026-11-21T12:00:01Z"));

  @Benchmark
  public List<Allowance> ofOneThatTellsNothing() {
    return Limits.NONE.read(bare::get, NOW);
  }

  @Benchmark
  public List<Allowance> ofOneThatCouldButDoesNot() {
    return Limits.OPENAI.read(bare::get, NOW);
  }

  @Benchmark
  public List<Allowance> ofTwoLimitsWithDurations() {
    return Limits.OPENAI.read(openai::get, NOW);
  }

  @Benchmark
  public List<Allowance> ofThreeLimitsWithDates() {
    return Limits.ANTHROPIC.read(anthropic::get, NOW);
  }

  private static MultiMap head(Map<String, String> fields) {
    var head = HttpHeaders.headers();
    fields.forEach(head::add);
    return head;
  }
}
