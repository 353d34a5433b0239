package io.onebalance.provider.limit;

import io.onebalance.provider.answer.Verdict.Window;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a provider said in the fields of an answer about one limit of the key that asked: how much
/// there is in a window (or [#UNTOLD]), how much of it is left, and when it is full again at the
/// latest. Of a limit on what runs at once nobody knows when: a call has to end.
public record Allowance(
    Kind kind, Window window, long limit, long remaining, Optional<Instant> reset) {
  /// The provider names no size.
  public static final long UNTOLD = -1;

  /// What is counted.
  public enum Kind {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    CONCURRENT;

    /// As the catalogue and the key API write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Allowance {
    if (limit < UNTOLD || remaining < 0) {
      throw new IllegalArgumentException(
          "of " + limit + " there are " + remaining + " left; allowed: 0 and more");
    }
  }

  /// Whether what was said still holds: afterwards the window has begun anew.
  public boolean holds(Instant now) {
    return reset.isEmpty() || reset.get().isAfter(now);
  }

  /// A short name: what is counted, and the window where it is longer than a minute.
  public String id() {
    return switch (window) {
      case MINUTE, UNKNOWN -> kind.word();
      case DAY, MONTH -> kind.word() + "-" + window.name().toLowerCase(Locale.ROOT);
    };
  }
}
