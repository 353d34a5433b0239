package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import java.util.HashMap;
import java.util.Map;

/// Adds up entries for which there is no room. Thread-safe.
final class Folding {
  private static final int MOST_CELLS = 10_000;

  private Map<Folded.Cell, Folded.Sums> cells = new HashMap<>();

  synchronized void add(Entry entry) {
    var cell = Folded.Cell.of(entry);
    var known = cells.size() < MOST_CELLS || cells.containsKey(cell);
    cells.merge(known ? cell : cell.rough(), Folded.Sums.of(entry), Folded.Sums::plus);
  }

  synchronized Folded take() {
    var taken = cells;
    cells = new HashMap<>();
    return new Folded(taken);
  }
}
