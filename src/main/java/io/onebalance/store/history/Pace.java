package io.onebalance.store.history;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// How long the latest requests took, in milliseconds: to the first byte of those that got one, and
/// to the end. Sorted, so that any share of them can be told.
public record Pace(List<Integer> firstBytes, List<Integer> totals) {
  private static final String LATEST =
      """
      SELECT first_byte_ms, total_ms FROM requests
      WHERE id >= :from ORDER BY id DESC LIMIT :most
      """;

  public Pace {
    firstBytes = firstBytes.stream().sorted().toList();
    totals = totals.stream().sorted().toList();
  }

  /// At most so many requests, from that number on.
  static Pace read(Handle handle, long from, int most) {
    var firstBytes = new ArrayList<Integer>();
    var totals = new ArrayList<Integer>();
    handle
        .createQuery(LATEST)
        .bind("from", from)
        .bind("most", most)
        .map((row, _) -> new int[] {row.getInt(1), row.getInt(2)})
        .forEach(times -> {
          if (times[0] > 0) {
            firstBytes.add(times[0]);
          }
          totals.add(times[1]);
        });
    return new Pace(firstBytes, totals);
  }

  /// What so many percent of them did not exceed; 0 where there are none.
  public static int percentile(List<Integer> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }
}
