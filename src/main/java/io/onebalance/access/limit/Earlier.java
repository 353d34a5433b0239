package io.onebalance.access.limit;

import java.time.Instant;
import java.util.Map;

/// What was spent before this program started.
@FunctionalInterface
public interface Earlier {
  /// What each gateway key, by its id, spent from one moment to another, the later one excluded.
  Map<String, Spent> between(Instant from, Instant until);
}
