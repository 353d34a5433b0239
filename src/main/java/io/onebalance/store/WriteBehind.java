package io.onebalance.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what was learnt to the disk, in batches, by a thread of its own; nobody who learns waits
/// for it, and whoever else writes is let in after each batch. While the disk refuses, what is to
/// be written stays in memory and is tried again, less and less often; it heals by itself.
/// Thread-safe.
public final class WriteBehind implements AutoCloseable {
  /// What waits to be written: at most one transaction's worth at a time, or empty.
  public interface Source {
    Optional<Batch> next();
  }

  /// `write` fills one transaction; `giveBack` takes the load back after a failed one, `done` is
  /// run after one that succeeded, before anybody else writes.
  public record Batch(int size, Consumer<Handle> write, Runnable giveBack, Runnable done) {
    Batch(int size, Consumer<Handle> write, Runnable giveBack) {
      this(size, write, giveBack, () -> {});
    }
  }

  private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);
  private static final int SLOWEST = 50;

  /// Lots of a chore at one turn: many times what is new by then, and then there is a pause.
  private static final int LOTS = 10;

  /// So that a flush ends although others go on learning.
  private static final int MOST_TURNS = 1000;

  /// A turn writes to a few tables; a server that stands still is given up in 20 seconds each.
  private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

  /// A batch of this size earns one more pause, so that writing never fills all time.
  private static final int ROWS_A_PAUSE = 1000;

  private final Database database;
  private final List<Source> sources = new CopyOnWriteArrayList<>();
  private final List<Source> chores = new CopyOnWriteArrayList<>();
  private final Optional<ScheduledExecutorService> beats;
  private final Duration pace;
  private final AtomicInteger failures = new AtomicInteger();

  WriteBehind(Database database, Optional<Duration> pace) {
    this.database = database;
    this.pace = pace.orElse(Duration.ZERO);
    this.beats = pace.map(_ -> beats());
    beats.ifPresent(_ -> beatAfter(1));
  }

  public void add(Source source) {
    sources.add(source);
  }

  /// What nobody waits for, done by the writer's thread alone after all else, a few lots at a turn.
  public void addChore(Source chore) {
    chores.add(chore);
  }

  /// Writes all that waits now; the trouble, if any, is the caller's.
  public void flush() {
    for (var turn = 0; turn < MOST_TURNS && turn() > 0; turn++) {}
  }

  /// One turn of the writer: the number of paces until the next one.
  public int beat() {
    return beat(() -> {});
  }

  private int beat(Runnable afterwards) {
    try {
      var rows = turn();
      afterwards.run();
      database.look();
      failures.set(0);
      return 1 + rows / ROWS_A_PAUSE;
    } catch (StoreTrouble trouble) {
      var failed = failures.incrementAndGet();
      if (failed == 1) {
        log.warn("what was learnt cannot be written now and is kept: {}", trouble.getMessage());
      }
      return Math.min(SLOWEST, 1 << Math.min(failed, 10));
    }
  }

  /// Writes what waits, for somebody who is about to read, unless the disk is known to be unwell.
  public void catchUp() {
    if (failures.get() == 0) {
      beat();
    }
  }

  private int turn() {
    return sources.stream().mapToInt(source -> database.alone(() -> write(source))).sum();
  }

  private void tidy() {
    for (var chore : chores) {
      for (var lots = 0; lots < LOTS && lot(chore); lots++) {}
    }
    database.settle();
  }

  /// A transaction of its own. The lock is fair: whoever waits for it comes next.
  private boolean lot(Source chore) {
    var batch = chore.next();
    batch.ifPresent(this::write);
    return batch.isPresent();
  }

  private int write(Source source) {
    var batch = source.next();
    batch.ifPresent(this::write);
    return batch.map(Batch::size).orElse(0);
  }

  private void write(Batch batch) {
    var written = false;
    try {
      database.write(handle -> {
        batch.write().accept(handle);
        return true;
      });
      written = true;
    } finally {
      if (!written) {
        batch.giveBack().run();
      }
    }
    batch.done().run();
  }

  private void beatAfter(int paces) {
    beats
        .filter(thread -> !thread.isShutdown())
        .ifPresent(thread ->
            thread.schedule(
                () -> beatAfter(beatAnyhow()), pace.toMillis() * paces, TimeUnit.MILLISECONDS));
  }

  /// The edge of the thread: whatever goes wrong in one turn, there is a next one.
  private int beatAnyhow() {
    try {
      return beat(this::tidy);
    } catch (RuntimeException broken) {
      log.error("what was learnt could not be written", broken);
      return SLOWEST;
    }
  }

  /// After the end no turn that was planned comes any more: the database is closed then.
  private static ScheduledExecutorService beats() {
    var beats = new ScheduledThreadPoolExecutor(1, WriteBehind::thread);
    beats.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return beats;
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().daemon().name("store-writer").unstarted(work);
  }

  /// Writes what is left before an end; what the disk does not take then is lost, but for what
  /// waits in a file.
  public void finish() {
    try {
      flush();
    } catch (StoreTrouble trouble) {
      log.warn("the last that was learnt is not written: {}", trouble.getMessage());
    }
  }

  /// Stops the thread, once the turn that it is at has ended: nobody may close what it writes to
  /// before. A server that stands still ends it by its own patience.
  @Override
  public void close() {
    beats.ifPresent(WriteBehind::stop);
    finish();
  }

  private static void stop(ScheduledExecutorService beats) {
    beats.shutdown();
    try {
      if (!beats.awaitTermination(LONGEST_TURN.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("what is being written takes more than {} and is left", LONGEST_TURN);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
