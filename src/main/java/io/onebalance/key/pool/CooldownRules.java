package io.onebalance.key.pool;

import io.onebalance.key.Cooling;
import io.onebalance.key.Policy;
import io.onebalance.provider.answer.Verdict.Limited;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// How long a key rests after which limit.
public final class CooldownRules {
  static final Duration LEAST = Duration.ofSeconds(1);
  public static final Duration MOST = Cooling.LONGEST;
  static final Duration UNTOLD = Duration.ofSeconds(65);
  static final Duration BENCH = Duration.ofHours(1);

  private static final int JITTER_PART = 10;
  private static final Duration MOST_JITTER = Duration.ofSeconds(30);

  private final String provider;
  private final Supplier<Policy> policy;
  private final RandomGenerator chance;

  CooldownRules(String provider, Supplier<Policy> policy, RandomGenerator chance) {
    this.provider = provider;
    this.policy = policy;
    this.chance = chance;
  }

  Cooling after(Limited limit, int strikes, Instant now) {
    return cooling(length(limit, strikes, now), reason(limit, strikes), strikes, now);
  }

  /// A rest of at least this length and at most a day, and a little longer by chance, so that many
  /// that begin together don't end together.
  Cooling cooling(Duration told, String reason, int strikes, Instant now) {
    var bounded = told.compareTo(LEAST) < 0 ? LEAST : least(told, MOST);
    var jitter = least(bounded.dividedBy(JITTER_PART), MOST_JITTER).toMillis();
    var length = least(bounded.plusMillis(chance.nextLong(1, jitter + 1)), MOST);
    // Whole milliseconds, since the lanes count in them; the jitter is at least as long as what is
    // cut off.
    var until = now.plus(length).truncatedTo(ChronoUnit.MILLIS);
    return new Cooling(until, Duration.ZERO, reason, strikes);
  }

  boolean benches(int failures) {
    return failures >= policy.get().recoveryThreshold();
  }

  /// Whether the provider said nothing that tells how long.
  static boolean isUntold(Limited limit) {
    return limit.rest().isEmpty() && limit.quota().isEmpty() && !isLong(limit.window());
  }

  /// Whether the limit concerns whoever shares the account: what is spent for the day is spent for
  /// all of them.
  static boolean isShared(Limited limit) {
    return isLong(limit.window());
  }

  /// No quota of a day rests a key for longer than the day lasts.
  private Duration length(Limited limit, int strikes, Instant now) {
    if (limit.rest().isPresent()) {
      var told = limit.rest().get();
      return limit.window() == Window.DAY ? least(told, untilReset(now)) : told;
    }
    return switch (limit.window()) {
      case MONTH -> Resets.monthUtc(now);
      case DAY -> untilReset(now);
      case MINUTE, UNKNOWN -> isLongUntold(limit, strikes) ? untilReset(now) : UNTOLD;
    };
  }

  private boolean isLongUntold(Limited limit, int strikes) {
    return isUntold(limit) && strikes >= policy.get().consecutive429Threshold();
  }

  private Duration untilReset(Instant now) {
    return policy
        .get()
        .windows(provider)
        .day()
        .map(day -> Duration.between(now, day.end(now)))
        .orElse(MOST);
  }

  private String reason(Limited limit, int strikes) {
    var quota = limit.quota().map(q -> ", quota " + q.id()).orElse("");
    var told = limit.rest().map(rest -> ", told to rest " + rest.toSeconds() + " s");
    var row = isLongUntold(limit, strikes) ? ", " + strikes + " in a row without a told time" : "";
    return named(limit.window()) + quota + told.orElse(row);
  }

  private static String named(Window window) {
    return switch (window) {
      case MINUTE -> "rate limit of a minute";
      case DAY -> "quota of a day";
      case MONTH -> "quota of a month";
      case UNKNOWN -> "rate limit";
    };
  }

  private static boolean isLong(Window window) {
    return switch (window) {
      case DAY, MONTH -> true;
      case MINUTE, UNKNOWN -> false;
    };
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
