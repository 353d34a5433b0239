package io.onebalance.store.history;

import io.onebalance.access.limit.Spent;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.journal.Folded;
import io.onebalance.ledger.journal.Placed;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.history.sums.Span;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What gateway keys spent, told to the other instances in the transaction that counts it.
final class SpentRows {
  /// Each belongs to the day that it began in; days begin at an hour, or at a quarter of one.
  private static final int QUARTER_MINUTES = 15;

  private static final String INSERT =
      "INSERT INTO spendings (instance, gateway_key, began, nanos, tokens) VALUES (?, ?, ?, ?, ?)";

  private record Cell(String key, long began) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      var byKey = key.compareTo(other.key);
      return byKey == 0 ? Long.compare(began, other.began) : byKey;
    }
  }

  private SpentRows() {}

  /// Where there are no others, nobody is told.
  static void write(Handle handle, String instance, List<Placed> placed, Folded folded) {
    if (Dialect.of(handle) == Dialect.SQLITE) {
      return;
    }
    var cells = new TreeMap<Cell, Spent>();
    for (var one : placed) {
      var entry = one.entry();
      var nanos = entry.cost().map(Money::nanos).orElse(0L);
      var cell = new Cell(entry.gatewayKey(), quarter(entry.at().getEpochSecond()));
      cells.merge(cell, new Spent(nanos, entry.tokens().total(), 0), Spent::plus);
    }
    folded
        .cells()
        .forEach((of, sums) ->
            cells.merge(
                new Cell(of.gatewayKey(), quarter(of.minute() * Span.MINUTE.seconds())),
                new Spent(sums.costNanos(), sums.input() + sums.output(), 0),
                Spent::plus));
    write(handle, instance, cells);
  }

  private static void write(Handle handle, String instance, Map<Cell, Spent> cells) {
    if (cells.isEmpty()) {
      return;
    }
    try (var batch = handle.prepareBatch(INSERT)) {
      cells.forEach((cell, spent) ->
          batch.add(instance, cell.key, cell.began, spent.nanos(), spent.tokens()));
      batch.execute();
    }
  }

  private static long quarter(long second) {
    var seconds = ChronoUnit.MINUTES.getDuration().toSeconds() * QUARTER_MINUTES;
    return Math.floorDiv(second, seconds) * seconds;
  }
}
