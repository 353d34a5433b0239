package io.onebalance.store.history.sums;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Folded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Sums on their way to a table of roll-ups. Each cell is written once a batch, however many
/// requests it holds. For one thread.
public final class RollUp {
  private record Cell(long start, int what) {}

  private final Table table;
  private final String sql;
  private final Map<Cell, Sums> cells = new HashMap<>();

  public RollUp(Table table) {
    this.table = table;
    this.sql =
        """
        INSERT INTO %1$s (span, start, %2$s, %3$s) VALUES (?, ?, ?, %4$s)
        ON CONFLICT (span, start, %2$s) DO UPDATE SET %5$s
        """
            .formatted(
                table.table(),
                table.what(),
                Sum.columns("$"),
                "?, ".repeat(Sum.ALL.size() - 1) + "?",
                Sum.columns("$ = " + table.table() + ".$ + excluded.$"));
  }

  public void add(long second, int what, Entry entry) {
    cells.computeIfAbsent(new Cell(Span.MINUTE.floor(second), what), _ -> new Sums()).add(entry);
  }

  public void add(long second, int what, Folded.Sums folded) {
    cells.computeIfAbsent(new Cell(Span.MINUTE.floor(second), what), _ -> new Sums()).add(folded);
  }

  /// Adds all to what stands in the table, and begins anew.
  public void flush(Connection connection) throws SQLException {
    for (var span : table.spans()) {
      write(span, connection);
    }
    cells.clear();
  }

  public void drop() {
    cells.clear();
  }

  private void write(Span span, Connection connection) throws SQLException {
    try (var upsert = connection.prepareStatement(sql)) {
      for (var cell : of(span).entrySet()) {
        upsert.setLong(1, span.seconds());
        upsert.setLong(2, cell.getKey().start);
        upsert.setInt(3, cell.getKey().what);
        cell.getValue().bind(upsert, 3);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private Map<Cell, Sums> of(Span span) {
    var sums = new HashMap<Cell, Sums>();
    cells.forEach((cell, more) ->
        sums.computeIfAbsent(new Cell(span.floor(cell.start), cell.what), _ -> new Sums())
            .add(more));
    return sums;
  }
}
