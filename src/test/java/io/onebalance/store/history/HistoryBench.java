package io.onebalance.store.history;

import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.Database;
import io.onebalance.store.WriteBehind.Batch;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.log.Refused;
import io.onebalance.store.history.log.RequestRows;
import io.onebalance.store.history.log.RowIds;
import io.onebalance.store.history.log.Search;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.RollUp;
import io.onebalance.store.history.sums.Series;
import io.onebalance.store.history.sums.Span;
import io.onebalance.store.history.sums.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// How quick the history is with many requests (`./dev bench history [ROWS [DIRECTORY]]`): a month
/// of them in one file, then what writing, asking and dropping take. An existing file is used
/// again. Ends with 1 where one of them took longer than it may.
final class HistoryBench implements AutoCloseable {
  private static final int BATCH = 5_000;
  private static final int ROUNDS = 21;
  private static final int KEYS = 500;

  /// Transactions that drop.
  private static final int LOTS = 200;

  private static final Duration MONTH = Duration.ofDays(30);

  /// In milliseconds, of medians: nobody waits for a page, and a batch is written long before the
  /// next one, half a second later.
  private static final double LONGEST_OVERVIEW = 100;

  private static final double LONGEST_SEARCH = 200;
  private static final double LONGEST_BATCH = 250;

  /// The worst of all: whoever edits does not notice that old requests are dropped.
  private static final double LONGEST_EDIT = 50;

  private final long rows;
  private final Path dir;
  private final Database database;
  private final Entries entries = new Entries(new SplittableRandom(1), KEYS);
  private final Instant now;
  private final History history;
  private final List<String> misses = new ArrayList<>();
  private final List<String> slowBeginnings = new ArrayList<>();

  private HistoryBench(long rows, Path dir, Instant now) {
    this.rows = rows;
    this.dir = dir;
    this.now = now;
    this.database = Database.open(dir, "sqlite:{data}/one-balance.db", InstantSource.system());
    this.history = new History(database, () -> now);
  }

  static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
    var rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    var dir = Path.of(arguments.length > 1 ? arguments[1] : "target/history-bench");
    Files.createDirectories(dir);
    var opening = System.nanoTime();
    try (var bench = new HistoryBench(rows, dir, Instant.parse("2026-11-21T12:34:56Z"))) {
      tell("opening the file: %.0f ms".formatted((System.nanoTime() - opening) / 1e6));
      bench.build();
      bench.size();
      bench.ask();
      bench.write();
      bench.drop();
      bench.size();
      bench.slowBeginnings.forEach(HistoryBench::tell);
      bench.misses.forEach(HistoryBench::tell);
      System.exit(bench.misses.isEmpty() ? 0 : 1);
    }
  }

  private void want(String what, double took, double most) {
    if (took > most) {
      misses.add("%s: %.1f ms, asked are %.0f at most".formatted(what, took, most));
    }
  }

  /// What is asked first reads the file, where its pages are not in memory: that is told, but fails
  /// nothing.
  private void note(String what, double first, double most) {
    if (first > most) {
      slowBeginnings.add("asked first, %s: %.1f ms, above %.0f".formatted(what, first, most));
    }
  }

  private static void tell(String line) {
    System.out.println(line);
  }

  /// As the writer would have done over the month, but for sums that would have been dropped by
  /// now.
  private void build() throws SQLException {
    var mark = Mark.read(database);
    var there = mark.position();
    var step = MONTH.dividedBy(rows);
    var ids = new RowIds(mark.newest(), Integer.MAX_VALUE);
    var dictionary = new Dictionary();
    var began = System.nanoTime();
    for (var done = there; done < rows; done += BATCH) {
      var first = done;
      database.write(handle -> {
        var usage = new RollUp(Table.USAGE);
        var keys = new RollUp(Table.KEY_USAGE);
        var connection = handle.getConnection();
        try (var log = new RequestRows(connection)) {
          for (var i = first; i < first + BATCH; i++) {
            var entry = entries.next(now.minus(MONTH).plus(step.multipliedBy(i)));
            var id = ids.next(entry.at().plus(entry.times().total()));
            var series = dictionary.of(Series.of(entry), connection);
            var served = entry.served();
            var key = dictionary.ofKey(served.provider(), served.keyId(), connection);
            usage.add(coarse(ids.second()), series, entry);
            keys.add(coarse(ids.second()), key, entry);
            log.add(new RequestRows.Row(id, series, key, entry));
          }
          log.flush();
          usage.flush(connection);
          keys.flush(connection);
          new Mark(first + BATCH, ids.newest()).write(handle, database.engine().instance());
          return true;
        } catch (SQLException trouble) {
          throw new Refused(trouble);
        }
      });
      if ((done + BATCH) % 1_000_000 == 0) {
        tell("%,d rows after %.0f s".formatted(done + BATCH, (System.nanoTime() - began) / 1e9));
      }
    }
  }

  /// Of what is older than minutes are kept, a minute of each hour stands for all.
  private long coarse(long second) {
    var old = now.minus(Table.USAGE.kept(Span.MINUTE)).getEpochSecond();
    return second < old ? Span.HOUR.floor(second) : second;
  }

  private void size() throws IOException {
    tell(
        "the file: %.2f GiB"
            .formatted(Files.size(dir.resolve("one-balance.db")) / (double) (1 << 30)));
    for (var table : List.of("requests", "series", "asked_keys", "usage", "key_usage")) {
      var count =
          database.read(handle ->
              handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
      tell("  %s: %,d rows".formatted(table, count));
    }
  }

  private void ask() {
    tell("| Question | first, ms | median, ms | worst, ms | median of CPU, ms |");
    var month = now.minus(MONTH);
    usage("this month by gateway key, as a start asks", begun(), Filter.ANY, By.GATEWAY_KEY);
    usage("totals of 30 days", month, Filter.ANY);
    usage("30 days by day", month, Filter.ANY, By.DAY);
    usage("30 days by provider and model", month, Filter.ANY, By.PROVIDER, By.MODEL);
    usage("30 days by gateway key", month, Filter.ANY, By.GATEWAY_KEY);
    usage("30 days by key", month, Filter.ANY, By.KEY);
    usage("30 days by day and model", month, Filter.ANY, By.DAY, By.MODEL);
    usage("7 days by hour", now.minus(Duration.ofDays(7)), Filter.ANY, By.HOUR);
    usage(
        "7 days by hour and provider",
        now.minus(Duration.ofDays(7)),
        Filter.ANY,
        By.HOUR,
        By.PROVIDER);
    usage("a day by minute", now.minus(Duration.ofDays(1)), Filter.ANY, By.MINUTE);
    usage(
        "an hour by minute and provider",
        now.minus(Duration.ofHours(1)),
        Filter.ANY,
        By.MINUTE,
        By.PROVIDER);
    usage(
        "a model, 30 days by day",
        month,
        new Filter("", "groq", "groq-model-1", "", List.of()),
        By.DAY);
    var rarest = rarest();
    measure(
        "a budget since the month began", LONGEST_OVERVIEW, () -> history.budget(rarest, begun()));
    searches(rarest);
  }

  private Instant begun() {
    return now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
  }

  private void usage(String name, Instant from, Filter filter, By... by) {
    var question = new Question(from, now, filter, List.of(by), 1_000);
    measure(name, LONGEST_OVERVIEW, () -> history.usage(question));
  }

  private String rarest() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT s.gateway_key FROM usage u CROSS JOIN series s WHERE s.id = u.series AND"
                    + " u.span = 86400 GROUP BY 1 ORDER BY SUM(u.requests) LIMIT 1")
            .mapTo(String.class)
            .one());
  }

  private void searches(String rarest) {
    var key =
        database.read(handle ->
            handle
                .createQuery("SELECT key_id FROM asked_keys WHERE id = 77")
                .mapTo(String.class)
                .one());
    search("requests, newest", Filter.ANY);
    search("requests of a provider", new Filter("", "openai", "", "", List.of()));
    search("requests of the rarest gateway key", new Filter(rarest, "", "", "", List.of()));
    search("requests of a model, cut", new Filter("", "", "groq-model-3", "", List.of("cut")));
    search("requests that failed", new Filter("", "", "", "", List.of("4xx", "5xx", "cut")));
    search("requests of a key", new Filter("", "", "", key, List.of()));
    search("requests of a key that failed", new Filter("", "", "", key, List.of("5xx", "cut")));
    search("requests that nobody made", new Filter("", "", "no such model", "", List.of()));
    var day = now.minus(Duration.ofDays(20));
    var then = new Search(day, day.plusSeconds(60), new Filter("", "mistral", "", "", List.of()));
    search("requests of a provider in a minute, 20 days ago", then, 0);
    var old = RowIds.first(now.minus(Duration.ofDays(25)));
    var failed = new Search(Instant.EPOCH, now, new Filter("", "", "", "", List.of("5xx")));
    search("a late page of requests that failed", failed, old);
    var name = history.requests(Search.ALL, old, 1).requests().getFirst().entry().requestId();
    measure("a request by its id", LONGEST_SEARCH, () -> history.request(name));
  }

  private void search(String name, Filter filter) {
    search(name, new Search(Instant.EPOCH, now.plusSeconds(1), filter), 0);
  }

  private void search(String name, Search search, long before) {
    measure(name, LONGEST_SEARCH, () -> history.requests(search, before, 100));
  }

  private void measure(String name, double most, Supplier<?> work) {
    var threads = ManagementFactory.getThreadMXBean();
    var times = new double[ROUNDS];
    var cpu = new double[ROUNDS];
    for (var i = 0; i < ROUNDS; i++) {
      var began = System.nanoTime();
      var used = threads.getCurrentThreadCpuTime();
      if (work.get() == null) {
        throw new IllegalStateException(name);
      }
      times[i] = (System.nanoTime() - began) / 1e6;
      cpu[i] = (threads.getCurrentThreadCpuTime() - used) / 1e6;
    }
    var later = Arrays.copyOfRange(times, 1, ROUNDS);
    Arrays.sort(later);
    Arrays.sort(cpu);
    want(name, later[later.length / 2], most);
    note(name, times[0], most);
    tell(
        "| %s | %.1f | %.1f | %.1f | %.1f |"
            .formatted(
                name, times[0], later[later.length / 2], later[later.length - 1], cpu[ROUNDS / 2]));
  }

  /// A busy gateway: so many requests each half second, for a while.
  private void write() throws IOException {
    try (var journal = Journal.open(dir.resolve("ledger"), Mark.read(database).position())) {
      for (var rate : List.of(500, 2_500, 10_000)) {
        write(journal, rate);
      }
    }
  }

  private void write(Journal journal, int many) {
    var threads = ManagementFactory.getThreadMXBean();
    var writer = HistoryWriter.on(database, journal);
    var cpu = 0L;
    var times = new ArrayList<Double>();
    for (var beat = 0; beat < 60; beat++) {
      var at = now.plusSeconds(3600L + many).plusMillis(500L * beat);
      for (var i = 0; i < many; i++) {
        journal.write(entries.next(at.plusNanos(500_000_000L / many * i)));
      }
      var began = System.nanoTime();
      var used = threads.getCurrentThreadCpuTime();
      written(writer.next().orElseThrow());
      cpu += threads.getCurrentThreadCpuTime() - used;
      times.add((System.nanoTime() - began) / 1e6);
    }
    times.sort(null);
    want("a batch of " + many, times.get(30), LONGEST_BATCH);
    tell(
        "writing %,d requests a second: %.2f us CPU a request; a batch %.1f ms, worst %.1f ms"
            .formatted(2 * many, cpu / 1e3 / (60.0 * many), times.get(30), times.getLast()));
  }

  private void written(Batch batch) {
    database.write(handle -> {
      batch.write().accept(handle);
      return true;
    });
    batch.done().run();
  }

  /// By age and as fast as the store's writer does it, while somebody edits.
  private void drop() throws InterruptedException {
    var terms = new Retention.Terms(MONTH.minus(Duration.ofHours(6)), Long.MAX_VALUE);
    var retention = new Retention(database, () -> terms, () -> now, System::nanoTime);
    var cpu = Collections.synchronizedList(new ArrayList<Double>());
    var times = Collections.synchronizedList(new ArrayList<Double>());
    var over = new CountDownLatch(1);
    try (var edits = new Edits(database)) {
      database
          .behind()
          .addChore(() -> {
            var batch = times.size() < LOTS ? retention.next() : Optional.<Batch>empty();
            if (batch.isEmpty()) {
              over.countDown();
            }
            return batch.map(lot -> timed(lot, cpu, times));
          });
      over.await();
      want("the worst edit meanwhile", edits.tell(), LONGEST_EDIT);
    }
    times.sort(null);
    cpu.sort(null);
    tell(
        "dropping %d rows: %.1f ms, worst of %d %.1f ms; of CPU %.1f ms, worst %.1f ms"
            .formatted(
                Retention.BATCH,
                times.get(times.size() / 2),
                times.size(),
                times.getLast(),
                cpu.get(cpu.size() / 2),
                cpu.getLast()));
  }

  private static Batch timed(Batch lot, List<Double> cpu, List<Double> times) {
    var threads = ManagementFactory.getThreadMXBean();
    var began = new AtomicLong();
    var used = new AtomicLong();
    return new Batch(
        lot.size(),
        handle -> {
          began.set(System.nanoTime());
          used.set(threads.getCurrentThreadCpuTime());
          lot.write().accept(handle);
        },
        lot.giveBack(),
        () -> {
          cpu.add((threads.getCurrentThreadCpuTime() - used.get()) / 1e6);
          times.add((System.nanoTime() - began.get()) / 1e6);
          lot.done().run();
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
