package io.onebalance.loop;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of event loops that do not come round for some two seconds: something on them blocks or
/// takes long, and all their connections stand still meanwhile. Asks each loop for a sign once a
/// second; Vert.x' own watch reads the clock whenever a loop begins to do something.
///
/// Thread-safe.
public final class LoopWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

  private static final Duration PACE = Duration.ofSeconds(1);

  /// Far longer than a turn takes under any load, and not yet what clients give up after. Between
  /// two looks, as none comes at its very moment: what is owed at the second look is told.
  private static final Duration LONGEST = PACE.plus(PACE.dividedBy(2));

  private final LongSupplier nanos;
  private final List<Watched> loops = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  /// `nanos` runs evenly, as [System#nanoTime] does.
  public LoopWatch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Watches the event loop of this context from now on. Call it on that loop.
  public void over(Context context) {
    over(((ContextInternal) context).nettyEventLoop());
  }

  void over(EventExecutor loop) {
    loops.add(new Watched(loop, Thread.currentThread()));
  }

  /// Looks once a second until it is closed.
  public void begin() {
    looks.scheduleAtFixedRate(this::look, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Looks at each loop, and asks those that came round for another sign.
  void look() {
    var now = nanos.getAsLong();
    loops.forEach(loop -> loop.look(now));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }

  private static final class Watched {
    private final EventExecutor loop;
    private final Thread thread;
    private volatile boolean awaited;
    private long asked;
    private boolean told;

    Watched(EventExecutor loop, Thread thread) {
      this.loop = loop;
      this.thread = thread;
    }

    /// By one thread at a time.
    void look(long now) {
      if (!awaited) {
        cameRound();
        ask(now);
      } else if (!told && now - asked >= LONGEST.toNanos()) {
        told = true;
        LOG.warn("{} has stood still for {} and more", thread.getName(), since(now), whereItIs());
      }
    }

    private void cameRound() {
      if (told) {
        told = false;
        LOG.info("{} goes on", thread.getName());
      }
    }

    private void ask(long now) {
      if (!loop.isShuttingDown()) {
        asked = now;
        awaited = true;
        loop.execute(() -> awaited = false);
      }
    }

    private Duration since(long now) {
      return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(now - asked));
    }

    private Throwable whereItIs() {
      var here = new Throwable("where it is");
      here.setStackTrace(thread.getStackTrace());
      return here;
    }
  }
}
