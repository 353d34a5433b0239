package io.onebalance.simulate.policy;

import io.onebalance.provider.answer.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// How long the seed one-balance lets a key cool after a 429, in seconds.
final class OneBalanceRules {
  private static final String GOOGLE = "google-ai-studio";
  private static final String DAILY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
  private static final int THRESHOLD = 2;
  private static final long UNTOLD = 65;
  private static final long MARGIN = 2;
  private static final long DAY = 86_400;

  private final boolean google;
  private final Map<Integer, Integer> inARow = new HashMap<>();

  OneBalanceRules(String provider) {
    google = provider.equals(GOOGLE);
  }

  /// The count of 429s in a row is never cleared by a success: that was meant, but clears another
  /// key's.
  long seconds(int key, Verdict.Limited limit, long now) {
    var row = inARow.merge(key, 1, Integer::sum);
    if (row >= THRESHOLD) {
      inARow.put(key, 0);
      return google ? untilMidnight(now) : DAY;
    }
    if (!google) {
      return UNTOLD;
    }
    if (limit.quota().filter(quota -> quota.id().equals(DAILY)).isPresent()) {
      return untilMidnight(now);
    }
    return limit
        .quota()
        .flatMap(_ -> limit.rest())
        .map(rest -> rest.toSeconds() + MARGIN)
        .orElse(UNTOLD);
  }

  /// In the first hour of the day its clock says 24, and the rest is over before it began.
  static long untilMidnight(long now) {
    var time = Instant.ofEpochMilli(now).atZone(PACIFIC);
    var hour = time.getHour() == 0 ? 24 : time.getHour();
    return (24 - hour) * 3600L - time.getMinute() * 60L - time.getSecond();
  }
}
