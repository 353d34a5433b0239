package io.onebalance.store.history;

import io.onebalance.store.Database;
import io.onebalance.store.WriteBehind;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.history.log.RowIds;
import io.onebalance.store.history.sums.Span;
import io.onebalance.store.history.sums.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Drops what is older or more than is kept, in lots that end when they took long or somebody else
/// wants to write: nobody waits for it longer than a few rows take. Space that rows leave is used
/// by new ones: the file stops growing, and does not shrink. Run by the store's writer thread.
public final class Retention implements WriteBehind.Source {
  /// Rows dropped in one transaction at most. The log gets fewer a turn, so what is too much is
  /// worked off.
  static final int BATCH = 1_000;

  /// A transaction that took so long drops no more, however slow the machine is.
  static final Duration LOT = Duration.ofMillis(10);

  /// Rows dropped at once; then the time is looked at.
  static final int SLICE = 100;

  /// What a row takes in PostgreSQL, with its part of the indexes.
  static final int BYTES_A_ROW = 400;

  /// What else is in an SQLite file is measured anew after this time at the earliest.
  static final Duration AGAIN = Duration.ofMinutes(1);

  /// So many times as long as it takes to measure it, it is not measured again.
  private static final int SELDOM = 500;

  private static final String OTHERS =
      """
      SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE aggregate = TRUE
        AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name <> 'requests'
          UNION ALL SELECT 'sqlite_schema')
      """;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// So old PostgreSQL's count of rows may be: a connection that rests tells of them ten seconds
  /// later.
  private static final Duration STALE = Duration.ofSeconds(12);

  /// How long requests are kept, and how many bytes their log may take with its indexes; the sums
  /// do not count.
  public record Terms(Duration requests, long bytes) {}

  private final Database database;
  private final Supplier<Terms> terms;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant rests = Instant.MIN;

  /// How many rows PostgreSQL had too many when they were counted last, less those dropped since.
  private long tooMany;

  private Instant counted = Instant.MIN;

  /// How many bytes of an SQLite file were not the log's, and when they are measured again.
  private long others;

  private Instant again = Instant.MIN;

  /// `nanos` is a clock to measure with, as [System#nanoTime] is.
  Retention(Database database, Supplier<Terms> terms, InstantSource clock, LongSupplier nanos) {
    this.database = database;
    this.terms = terms;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Begins to look after what is kept, a while after the start: the first requests come then.
  public static Retention on(Database database, Supplier<Terms> terms, InstantSource clock) {
    var retention = new Retention(database, terms, clock, System::nanoTime);
    retention.rests = clock.instant().plus(PAUSE);
    database.behind().addChore(retention);
    return retention;
  }

  /// Its size is none: others need not wait for it to end.
  @Override
  public Optional<WriteBehind.Batch> next() {
    var now = clock.instant();
    if (now.isBefore(rests)) {
      return Optional.empty();
    }
    var due = database.read(handle -> due(handle, now));
    if (due.isEmpty()) {
      rests = now.plus(PAUSE);
    }
    return due.map(drop -> new WriteBehind.Batch(0, at -> lot(at, drop), () -> {}, () -> {}));
  }

  /// Drops up to [#SLICE] rows and says how many.
  private interface Drop {
    int slice(Handle handle);
  }

  private void lot(Handle handle, Drop drop) {
    var began = nanos.getAsLong();
    var all = 0;
    int dropped;
    do {
      dropped = drop.slice(handle);
      all += dropped;
    } while (dropped == SLICE
        && all < BATCH
        && nanos.getAsLong() - began < LOT.toNanos()
        && !database.isAwaited());
  }

  private Optional<Drop> due(Handle handle, Instant now) {
    var below = isTooLarge(handle, now) ? Long.MAX_VALUE : oldest(now);
    var oldest = number(handle, "SELECT MIN(id) FROM requests");
    return oldest < below ? Optional.of(at -> requests(at, below)) : rollUps(handle, now);
  }

  private long oldest(Instant now) {
    return RowIds.first(now.minus(terms.get().requests()));
  }

  private int requests(Handle handle, long below) {
    var dropped =
        handle.execute(
            "DELETE FROM requests WHERE id <= (SELECT MAX(id) FROM (SELECT id FROM requests WHERE"
                + " id < ? ORDER BY id LIMIT ?) oldest)",
            below,
            SLICE);
    tooMany -= dropped;
    return dropped;
  }

  private static Optional<Drop> rollUps(Handle handle, Instant now) {
    for (var table : Table.ALL) {
      for (var span : table.spans()) {
        var oldest = oldest(handle, table, span);
        if (oldest < now.minus(table.kept(span)).getEpochSecond() - span.seconds()) {
          return Optional.of(at -> cells(at, table, span, oldest));
        }
      }
    }
    return Optional.empty();
  }

  private static long oldest(Handle handle, Table table, Span span) {
    return number(
        handle, "SELECT MIN(start) FROM " + table.table() + " WHERE span = " + span.seconds());
  }

  private static int cells(Handle handle, Table table, Span span, long start) {
    return handle.execute(
        """
        DELETE FROM %1$s WHERE span = ? AND start = ? AND %2$s <= (SELECT MAX(%2$s) FROM (
          SELECT %2$s FROM %1$s WHERE span = ? AND start = ? ORDER BY %2$s LIMIT ?) oldest)
        """
            .formatted(table.table(), table.what()),
        span.seconds(),
        start,
        span.seconds(),
        start,
        SLICE);
  }

  /// PostgreSQL tells only how large its files are, and they do not get smaller when rows leave:
  /// there it is an estimate, from the number of rows. Rows that left are still in it for a while,
  /// so they are not taken for too many once more.
  private boolean isTooLarge(Handle handle, Instant now) {
    var most = terms.get().bytes();
    return switch (Dialect.of(handle)) {
      case SQLITE -> {
        var used = used(handle);
        yield used > most && used - others(handle, now) > most;
      }
      case POSTGRESQL -> {
        if (!now.isBefore(counted.plus(STALE))) {
          counted = now;
          tooMany = rows(handle) - most / BYTES_A_ROW;
        }
        yield tooMany > 0;
      }
    };
  }

  /// Bytes of the pages in use.
  private static long used(Handle handle) {
    var pages = number(handle, "PRAGMA page_count") - number(handle, "PRAGMA freelist_count");
    return pages * number(handle, "PRAGMA page_size");
  }

  /// Bytes of what the file holds beside the log. To measure them is to look at each of their
  /// pages, so it is done only where the file is larger than the log may be, and seldom: the log
  /// grows and is dropped from many times in between.
  private long others(Handle handle, Instant now) {
    if (!now.isBefore(again)) {
      var began = nanos.getAsLong();
      others = number(handle, OTHERS);
      var took = Duration.ofNanos(nanos.getAsLong() - began);
      var pause = took.multipliedBy(SELDOM);
      again = now.plus(pause.compareTo(AGAIN) < 0 ? AGAIN : pause);
    }
    return others;
  }

  private static long rows(Handle handle) {
    return number(
        handle,
        "SELECT n_live_tup FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname"
            + " = 'requests'");
  }

  /// The number that is asked for; where there is none, one that is never due.
  private static long number(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).findOne().orElse(Long.MAX_VALUE);
  }
}
