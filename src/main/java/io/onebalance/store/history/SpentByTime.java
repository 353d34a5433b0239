package io.onebalance.store.history;

import io.onebalance.access.limit.Spent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What one gateway key spent at other instances, by when the requests began. What was spent since
/// the beginning of a day or a month is asked at each admission: such sums are kept, and grow with
/// what is told. Thread-safe.
final class SpentByTime {
  /// No budget looks back further.
  private static final Duration LONGEST = Duration.ofDays(32);

  /// Beginnings that are asked for: of a day and of a month, and those before.
  private static final int MOST_SUMS = 4;

  private final NavigableMap<Long, Spent> cells = new TreeMap<>();
  private final Map<Long, Spent> sums = new HashMap<>();

  synchronized void add(long began, Spent spent) {
    cells.merge(began, spent, Spent::plus);
    cells.headMap(began - LONGEST.toSeconds()).clear();
    sums.replaceAll((from, sum) -> began >= from ? sum.plus(spent) : sum);
  }

  /// In seconds since 1970.
  synchronized Spent since(long from) {
    if (sums.size() >= MOST_SUMS && !sums.containsKey(from)) {
      sums.clear();
    }
    return sums.computeIfAbsent(
        from, _ -> cells.tailMap(from).values().stream().reduce(Spent.NOTHING, Spent::plus));
  }
}
