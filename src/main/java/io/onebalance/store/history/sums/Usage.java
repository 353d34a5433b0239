package io.onebalance.store.history.sums;

import java.time.Instant;
import java.util.List;

/// What a [Question] is answered with: the sums of all, and items as they were to be told apart,
/// times first, then the most requests. `from` and `to` are what the sums cover: a little more than
/// was asked for, where finer ones are no longer kept. `more` where there are further items.
public record Usage(Instant from, Instant to, Totals totals, List<Item> items, boolean more) {
  public Usage {
    items = List.copyOf(items);
  }

  /// Sums of those that have these values in common, in the order of the question; times are in
  /// seconds since 1970.
  public record Item(List<String> values, Totals totals) {
    public Item {
      values = List.copyOf(values);
    }
  }
}
