package io.onebalance.simulate.world;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Quota;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.simulate.scenario.Limit;
import io.onebalance.simulate.scenario.Telling;
import java.time.Duration;
import java.util.Optional;

/// What a 429 says of the limit that was met.
final class Refusals {
  private Refusals() {}

  static Verdict limited(Telling tells, Account.Full full, long now) {
    var window = full.limit().span().window();
    var rest = Optional.of(Duration.ofMillis(Math.max(1, full.freeAt() - now)));
    return switch (tells) {
      case GEMINI ->
          new Verdict.Limited(
              window, rest, Optional.of(new Quota(id(full.limit()), Optional.of(full.amount()))));
      case HEADERS -> new Verdict.Limited(window, rest, Optional.empty());
      case RETRY_AFTER -> new Verdict.Limited(Window.UNKNOWN, rest, Optional.empty());
      case BARE -> new Verdict.Limited(Window.UNKNOWN, Optional.empty(), Optional.empty());
    };
  }

  /// In the grammar of Google's quota ids.
  private static String id(Limit limit) {
    var per =
        switch (limit.span()) {
          case MINUTE -> "PerMinute";
          case DAY -> "PerDay";
          case NONE -> "";
        };
    return switch (limit.kind()) {
      case REQUESTS -> "GenerateRequests" + per + "PerProjectPerModel-FreeTier";
      case TOKENS, INPUT_TOKENS -> "GenerateContentInputTokensPerModel" + per + "-FreeTier";
      case OUTPUT_TOKENS -> "GenerateContentOutputTokensPerModel" + per + "-FreeTier";
      case CONCURRENT -> "ConcurrentRequestsPerProjectPerModel";
    };
  }
}
