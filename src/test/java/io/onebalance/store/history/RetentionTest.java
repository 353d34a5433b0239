package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Database;
import io.onebalance.store.Store;
import io.onebalance.store.WriteBehind.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class RetentionTest {
  private static final long ANY = Long.MAX_VALUE;
  private static final long FEWER_PAGES = 100;

  private final Store store;

  RetentionTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  /// One an hour, over so many days before now.
  private Past filled(Path dir, int days) {
    var past = Past.in(store, dir);
    var made = new Entries(new SplittableRandom(5), 20);
    past.happened(
        IntStream.range(0, days * 24)
            .mapToObj(i -> made.next(Past.NOW.minus(Duration.ofHours(days * 24L - i))))
            .toList());
    return past;
  }

  private static void drop(Past past, Retention.Terms terms) {
    drop(past, terms, Past.NOW);
  }

  private static void drop(Past past, Retention.Terms terms, Instant now) {
    var retention = new Retention(past.database, () -> terms, () -> now, System::nanoTime);
    for (var due = retention.next(); due.isPresent(); due = retention.next()) {
      run(past, due.get());
    }
  }

  private static void run(Past past, Batch batch) {
    past.database.write(handle -> {
      batch.write().accept(handle);
      return true;
    });
  }

  @Test
  void requests_are_dropped_by_age_and_sums_stay() {
    try (var past = filled(dir, 40)) {
      drop(past, new Retention.Terms(Duration.ofDays(30), ANY));
      assertThat(past.number("SELECT COUNT(*) FROM requests")).isEqualTo(30 * 24);
      assertThat(past.number("SELECT SUM(requests) FROM usage WHERE span = 86400"))
          .isEqualTo(40 * 24);
    }
  }

  @Test
  void sums_are_dropped_by_their_own_age() {
    try (var past = filled(dir, 120)) {
      drop(past, new Retention.Terms(Duration.ofDays(400), ANY));
      assertThat(past.number("SELECT COUNT(DISTINCT start) FROM usage WHERE span = 60"))
          .isBetween(3 * 24L, 3 * 24L + 1);
      assertThat(past.number("SELECT COUNT(DISTINCT start) FROM usage WHERE span = 3600"))
          .isBetween(100 * 24L, 100 * 24L + 2);
      assertThat(past.number("SELECT COUNT(DISTINCT start) FROM key_usage WHERE span = 3600"))
          .isBetween(15 * 24L, 15 * 24L + 2);
      assertThat(past.number("SELECT SUM(requests) FROM usage WHERE span = 86400"))
          .isEqualTo(120 * 24);
    }
  }

  @Test
  void the_oldest_are_dropped_while_there_are_too_many_bytes() {
    var days = 130;
    try (var past = filled(dir, days)) {
      drop(past, new Retention.Terms(Duration.ofDays(400), fewerBytes(past)));
      var left = past.number("SELECT COUNT(*) FROM requests");
      assertThat(left).isBetween(1L, days * 24L - Retention.BATCH);
      assertThat(past.number("SELECT MAX(id) FROM requests"))
          .isEqualTo(past.number("SELECT newest FROM ledger_mark"));
      if (store == Store.SQLITE) {
        assertThat(past.number("PRAGMA freelist_count")).isGreaterThanOrEqualTo(FEWER_PAGES);
      }
    }
  }

  /// Somewhat less than the log takes now.
  private long fewerBytes(Past past) {
    return store == Store.SQLITE
        ? logBytes(past) - FEWER_PAGES * past.number("PRAGMA page_size")
        : logBytes(past) - 2L * Retention.BATCH * Retention.BYTES_A_ROW;
  }

  /// What the log takes: of a file, the pages of its table and indexes; a server counts rows, once
  /// it has got round to it.
  private long logBytes(Past past) {
    if (store == Store.SQLITE) {
      return past.number("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'requests%'");
    }
    past.database.write(handle -> handle.execute("SELECT pg_stat_force_next_flush()"));
    var rows = past.number("SELECT COUNT(*) FROM requests");
    while (past.number("SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'requests'")
        < rows) {
      Thread.onSpinWait();
    }
    return rows * Retention.BYTES_A_ROW;
  }

  @Test
  void what_is_not_the_log_does_not_count_as_the_log() {
    var rows = 130 * 24L;
    try (var past = filled(dir, 130)) {
      var bytes = logBytes(past);
      drop(past, new Retention.Terms(Duration.ofDays(400), bytes));
      assertThat(past.number("SELECT COUNT(*) FROM requests")).isEqualTo(rows);
      drop(past, new Retention.Terms(Duration.ofDays(400), bytes * 2 / 3));
      assertThat(past.number("SELECT COUNT(*) FROM requests"))
          .isBetween(rows * 2 / 3 - Retention.BATCH, rows * 2 / 3);
    }
  }

  @Test
  void what_else_the_file_holds_is_measured_anew_after_a_while() {
    Assumptions.assumeTrue(store == Store.SQLITE, "a server counts the rows of the log alone");
    try (var past = filled(dir, 2)) {
      var now = new Instant[] {Past.NOW};
      var terms = new Retention.Terms(Duration.ofDays(400), logBytes(past));
      past.outside("CREATE TABLE much AS SELECT zeroblob(1000000) AS blank");
      var retention = new Retention(past.database, () -> terms, () -> now[0], () -> 0);
      assertThat(retention.next()).isEmpty();
      past.outside("DROP TABLE much");
      past.happened(
          IntStream.range(0, 500)
              .mapToObj(_ -> new Entries(new SplittableRandom(6), 20).next(Past.NOW))
              .toList());
      now[0] = now[0].plus(Retention.AGAIN).minusSeconds(1);
      assertThat(retention.next()).isEmpty();
      now[0] = now[0].plusSeconds(10);
      assertThat(retention.next()).isPresent();
    }
  }

  @Test
  void nothing_is_looked_at_again_for_a_while_when_nothing_was_due() {
    try (var past = filled(dir, 2)) {
      var now = new Instant[] {Past.NOW};
      var terms = new Retention.Terms[] {new Retention.Terms(Duration.ofDays(3), ANY)};
      var retention = new Retention(past.database, () -> terms[0], () -> now[0], System::nanoTime);
      assertThat(retention.next()).isEmpty();
      terms[0] = new Retention.Terms(Duration.ofDays(1), ANY);
      assertThat(retention.next()).isEmpty();
      now[0] = now[0].plusSeconds(10);
      assertThat(retention.next()).isPresent();
    }
  }

  @Test
  void a_transaction_ends_when_it_took_long_however_much_is_left() {
    try (var past = filled(dir, 40)) {
      var look = new AtomicLong();
      var step = Retention.LOT.dividedBy(2).toNanos();
      var retention = tenDays(past, () -> look.getAndAdd(step));
      run(past, retention.next().orElseThrow());
      assertThat(past.number("SELECT COUNT(*) FROM requests"))
          .isEqualTo(40 * 24 - 2 * Retention.SLICE);
    }
  }

  /// The edit comes to the lock while the first lot is under way.
  @Test
  void whoever_waits_to_write_is_let_in_after_a_slice() {
    try (var past = filled(dir, 40)) {
      var left = new AtomicReference<CompletableFuture<Long>>();
      var retention =
          tenDays(
              past,
              () -> {
                if (left.get() == null) {
                  left.set(edit(past.database));
                }
                return 0;
              });
      run(past, retention.next().orElseThrow());
      run(past, retention.next().orElseThrow());
      assertThat(left.get())
          .succeedsWithin(Duration.ofMinutes(1))
          .isEqualTo(40L * 24 - Retention.SLICE);
      drop(past, new Retention.Terms(Duration.ofDays(10), ANY));
      assertThat(past.number("SELECT COUNT(*) FROM requests")).isEqualTo(10 * 24);
    }
  }

  private static Retention tenDays(Past past, LongSupplier nanos) {
    var terms = new Retention.Terms(Duration.ofDays(10), ANY);
    return new Retention(past.database, () -> terms, () -> Past.NOW, nanos);
  }

  /// Begins to write, and returns when it has to wait. It sees how many requests are left then.
  private static CompletableFuture<Long> edit(Database database) {
    var left =
        CompletableFuture.supplyAsync(() ->
            database.write(handle ->
                handle.createQuery("SELECT COUNT(*) FROM requests").mapTo(Long.class).one()));
    while (!database.isAwaited()) {
      Thread.onSpinWait();
    }
    return left;
  }
}
