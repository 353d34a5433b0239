package io.onebalance.provider.limit;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Verdict.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// In which fields a provider tells what is left of its limits. Names and meanings differ: the same
/// field counts a minute at one vendor and a day at another, so that each entry of the catalogue
/// declares its own. `countsCached` is whether tokens that the provider reads from a cache count
/// against limits of tokens as others do.
public record Limits(List<Row> rows, boolean countsCached) {
  /// A provider that tells nothing.
  public static final Limits NONE = new Limits(List.of(), true);

  /// What OpenAI and most that follow its shape send. The fields do not name the window.
  public static final Limits OPENAI =
      of(Map.of("requests", "x-ratelimit-*-requests", "tokens", "x-ratelimit-*-tokens"));

  /// What is read from a cache counts against no limit of Anthropic's (docs.anthropic.com, "Rate
  /// limits": cache-aware ITPM; its oldest models excepted).
  public static final Limits ANTHROPIC =
      of(Map.of(
              "requests/minute", "anthropic-ratelimit-requests-*",
              "tokens/minute", "anthropic-ratelimit-tokens-*",
              "input-tokens/minute", "anthropic-ratelimit-input-tokens-*",
              "output-tokens/minute", "anthropic-ratelimit-output-tokens-*"))
          .withoutCached();

  /// One limit: the field that tells its size, the one that tells what is left (or used, where
  /// `counts` says so), and the one that tells when it is full again.
  public record Row(
      Allowance.Kind kind,
      Window window,
      String limit,
      String counted,
      Counts counts,
      String reset) {}

  /// Whether a field tells what is left, or what is taken.
  public enum Counts {
    LEFT,
    USED
  }

  public Limits {
    rows = List.copyOf(rows);
  }

  /// Reads rows as the catalogue has them: `KIND[/WINDOW]` and either the fields' name with a `*`
  /// where `limit`, `remaining` and `reset` stand, or `USED-FIELD of LIMIT-FIELD`.
  public static Limits of(Map<String, String> declared) {
    return new Limits(
        declared.entrySet().stream()
            .map(e -> LimitRow.parse(e.getKey(), e.getValue()))
            .sorted(Comparator.comparing(Row::kind).thenComparing(Row::window))
            .toList(),
        true);
  }

  /// The same, where what is read from a cache does not count.
  public Limits withoutCached() {
    return new Limits(rows, false);
  }

  /// Whether there is anything to read.
  public boolean areTold() {
    return !rows.isEmpty();
  }

  /// What this answer says of each limit that it mentions. Nothing is looked up but the fields that
  /// the provider is known to send, and nothing but the first of a row where it does not.
  public List<Allowance> read(Fields headers, Instant now) {
    List<Allowance> told = List.of();
    for (var row : rows) {
      var counted = Amount.read(headers.first(row.counted()));
      if (counted != Amount.NONE) {
        var limit = Amount.read(headers.first(row.limit()));
        var left = left(row.counts(), counted, limit);
        if (left != Amount.NONE) {
          told = told.isEmpty() ? new ArrayList<>(rows.size()) : told;
          told.add(new Allowance(row.kind(), row.window(), limit, left, reset(row, headers, now)));
        }
      }
    }
    return told;
  }

  private static long left(Counts counts, long counted, long limit) {
    return switch (counts) {
      case LEFT -> counted;
      case USED -> limit == Amount.NONE ? Amount.NONE : Math.max(0, limit - counted);
    };
  }

  /// As told; else when the window ends that the row is known to have.
  private static Optional<Instant> reset(Row row, Fields headers, Instant now) {
    var told = row.reset().isEmpty() ? null : headers.first(row.reset());
    var moment = told == null ? Moment.NONE : Moment.millis(told, now);
    if (moment != Moment.NONE) {
      return Optional.of(Instant.ofEpochMilli(moment));
    }
    return switch (row.window()) {
      case MINUTE -> Optional.of(now.plus(Duration.ofMinutes(1)));
      case DAY -> Optional.of(now.plus(Resets.midnightUtc(now)));
      case MONTH -> Optional.of(now.plus(Resets.monthUtc(now)));
      case UNKNOWN -> Optional.empty();
    };
  }
}
