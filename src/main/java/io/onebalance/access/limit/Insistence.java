package io.onebalance.access.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How insistently gateway keys ask on though they are refused, and how long each further refusal
/// is to be held back for it. Whoever comes back when it was told to never waits; whoever asks on
/// at once is slowed down to a pace at which its refusals cost others nothing (F53).
///
/// Not thread-safe.
public final class Insistence {
  /// So many refusals of a key are told at once; then one in each span of [#PACE].
  static final int AT_ONCE = 10;

  static final Duration PACE = Duration.ofMillis(50);
  static final Duration LONGEST = Duration.ofSeconds(1);

  /// Of more keys than these the one not refused for the longest is forgotten.
  private static final int MOST_KEYS = 1024;

  private static final Duration CREDIT = PACE.multipliedBy(AT_ONCE - 1);

  /// When the refusals of each key will have been told, one after another at that pace.
  private final Map<String, Instant> ends =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /// One more request of this key is refused: how long that is to be held back.
  public Duration refused(String key, Instant now) {
    var earliest = now.minus(CREDIT);
    var latest = now.plus(LONGEST);
    var before = ends.getOrDefault(key, earliest);
    var due = before.isBefore(earliest) ? earliest : before.isAfter(latest) ? latest : before;
    ends.put(key, due.plus(PACE));
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }
}
