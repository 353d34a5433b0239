package io.onebalance.store.history;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Folded;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.ledger.journal.Placed;
import io.onebalance.store.Database;
import io.onebalance.store.WriteBehind;
import io.onebalance.store.history.log.Outcome;
import io.onebalance.store.history.log.Refused;
import io.onebalance.store.history.log.RequestRows;
import io.onebalance.store.history.log.RowIds;
import io.onebalance.store.history.sums.RollUp;
import io.onebalance.store.history.sums.Series;
import io.onebalance.store.history.sums.Span;
import io.onebalance.store.history.sums.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings entries from the journal to the tables. The rows, the sums and the mark that says how far
/// the journal is counted are one transaction: whatever is killed when, each entry is counted once.
/// While the disk refuses, entries stay in the journal. Run by the store's writer thread.
public final class HistoryWriter implements WriteBehind.Source {
  /// Rows of the request log within one second; of more requests only the sums are kept, so that a
  /// flood costs little and does not push everything else out of the log.
  public static final int MOST_ROWS_A_SECOND = 1_000;

  private static final Folded NOTHING = new Folded(Map.of());

  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);

  /// Entries of one transaction; nobody else writes meanwhile.
  private static final int BATCH = 20_000;

  private final Journal journal;
  private final List<Consumer<List<Entry>>> listeners = new CopyOnWriteArrayList<>();
  private final String instance;
  private final Dictionary dictionary = new Dictionary();
  private final RollUp bySeries = new RollUp(Table.USAGE);
  private final RollUp byKey = new RollUp(Table.KEY_USAGE);
  private volatile Mark mark;
  private RowIds ids;

  /// Requests that were counted and are in no row, of the transaction at hand and of all before.
  private long passedOver;

  private final AtomicLong unlogged = new AtomicLong();

  /// Taken from the journal, and kept until it is written.
  private Folded unwritten = NOTHING;

  /// How many times such sums were written.
  private long folded;

  private HistoryWriter(Journal journal, String instance, Mark mark, long folded) {
    this.journal = journal;
    this.instance = instance;
    this.mark = mark;
    this.ids = ids(mark);
    this.folded = folded;
  }

  /// Begins to write what the journal holds.
  public static HistoryWriter on(Database database, Journal journal) {
    var instance = database.engine().instance();
    var folded = database.read(handle -> FoldedMark.read(handle, instance));
    var writer = new HistoryWriter(journal, instance, Mark.read(database), folded);
    database.behind().add(writer);
    return writer;
  }

  /// Tells of entries once they are written, away from the hot path; others wait to write
  /// meanwhile.
  public void tell(Consumer<List<Entry>> listener) {
    listeners.add(listener);
  }

  /// How many bytes of the journal wait to be written. From any thread.
  public long waiting() {
    return journal.behind(mark.position());
  }

  /// How many requests were counted, but are not in the log, as there were too many. From any
  /// thread.
  public long unlogged() {
    return unlogged.get();
  }

  @Override
  public Optional<WriteBehind.Batch> next() {
    var placed = journal.read(mark.position(), BATCH);
    if (unwritten.cells().isEmpty()) {
      unwritten = journal.takeFolded();
    }
    if (placed.isEmpty() && unwritten.cells().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WriteBehind.Batch(
            1, handle -> write(handle, placed), this::forget, () -> done(placed)));
  }

  private static RowIds ids(Mark mark) {
    return new RowIds(mark.newest(), MOST_ROWS_A_SECOND);
  }

  /// A server may have taken the transaction before although nobody heard its answer: then its
  /// marks are ahead of ours, and what it counted is not counted again.
  private void write(Handle handle, List<Placed> placed) {
    var counted = Mark.read(handle, instance);
    ids.notBelow(counted.newest());
    var fresh = placed.stream().filter(one -> one.position() > counted.position()).toList();
    count(handle, fresh, uncounted(handle));
    after(placed).write(handle, instance);
  }

  private Folded uncounted(Handle handle) {
    if (unwritten.cells().isEmpty()) {
      return NOTHING;
    }
    var isCounted = FoldedMark.read(handle, instance) > folded;
    FoldedMark.write(handle, instance, folded + 1);
    return isCounted ? NOTHING : unwritten;
  }

  private void count(Handle handle, List<Placed> placed, Folded folded) {
    try (var rows = new RequestRows(handle.getConnection())) {
      for (var one : placed) {
        write(one, rows, handle.getConnection());
      }
      for (var cell : folded.cells().entrySet()) {
        write(cell.getKey(), cell.getValue(), handle.getConnection());
      }
      rows.flush();
      bySeries.flush(handle.getConnection());
      byKey.flush(handle.getConnection());
      SpentRows.write(handle, instance, placed, folded);
    } catch (SQLException trouble) {
      throw new Refused(trouble);
    }
  }

  private Mark after(List<Placed> placed) {
    var position = placed.isEmpty() ? mark.position() : placed.getLast().position();
    return new Mark(position, ids.newest());
  }

  private void write(Placed placed, RequestRows rows, Connection connection) throws SQLException {
    var entry = placed.entry();
    var id = ids.next(entry.at().plus(entry.times().total()));
    var series = dictionary.of(Series.of(entry), connection);
    var served = entry.served();
    var key =
        served.keyId().isEmpty()
            ? 0
            : dictionary.ofKey(served.provider(), served.keyId(), connection);
    bySeries.add(ids.second(), series, entry);
    if (key > 0) {
      byKey.add(ids.second(), key, entry);
    }
    if (placed.detailed() && ids.hasRoom()) {
      rows.add(new RequestRows.Row(id, series, key, entry));
    } else {
      passedOver++;
    }
  }

  private void write(Folded.Cell cell, Folded.Sums sums, Connection connection)
      throws SQLException {
    passedOver += sums.requests();
    var second = cell.minute() * Span.MINUTE.seconds();
    var of = new Series(cell.gatewayKey(), cell.provider(), cell.model(), Outcome.UNTOLD);
    bySeries.add(second, dictionary.of(of, connection), sums);
    if (!cell.keyId().isEmpty()) {
      byKey.add(second, dictionary.ofKey(cell.provider(), cell.keyId(), connection), sums);
    }
  }

  /// After a transaction that failed: what it would have added is in no table.
  private void forget() {
    dictionary.clear();
    bySeries.drop();
    byKey.drop();
    passedOver = 0;
    ids = ids(mark);
  }

  private void done(List<Placed> placed) {
    mark = after(placed);
    unlogged.addAndGet(passedOver);
    passedOver = 0;
    folded += unwritten.cells().isEmpty() ? 0 : 1;
    unwritten = NOTHING;
    journal.forget(mark.position());
    var entries = placed.stream().map(Placed::entry).toList();
    listeners.forEach(listener -> tell(listener, entries));
  }

  private static void tell(Consumer<List<Entry>> listener, List<Entry> entries) {
    try {
      listener.accept(entries);
    } catch (RuntimeException broken) {
      log.error("who listens to written entries failed", broken);
    }
  }
}
