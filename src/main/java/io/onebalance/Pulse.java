package io.onebalance;

import io.onebalance.console.live.KeyEvent;
import io.onebalance.console.live.KeyWatch;
import io.onebalance.console.live.Live;
import io.onebalance.console.live.Marks;
import io.onebalance.console.live.Trends;
import io.onebalance.key.Pools;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second at what happened to keys, and now and then at how many are ready.
final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final int SAMPLE_SECONDS = 15;

  private final Pools pools;
  private final Live live;
  private final InstantSource clock;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  Pulse(Pools pools, Marks marks, InstantSource clock) {
    this.pools = pools;
    this.clock = clock;
    this.live = new Live(new KeyWatch(pools, marks, Pulse::tell), new Trends());
  }

  Live live() {
    return live;
  }

  void begin() {
    live.watch().begin(clock.instant());
    beats.scheduleWithFixedDelay(
        () -> anyhow(() -> live.watch().look(clock.instant())), 1, 1, TimeUnit.SECONDS);
    beats.scheduleWithFixedDelay(
        () -> anyhow(() -> live.sample(pools, clock.instant())),
        0,
        SAMPLE_SECONDS,
        TimeUnit.SECONDS);
  }

  /// The edge of the thread: whatever goes wrong in one look, there is a next one.
  private static void anyhow(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException broken) {
      LOG.error("looking at keys failed", broken);
    }
  }

  private static void tell(KeyEvent event) {
    LOG.debug("key {} of {}: {}", event.place().keyId(), event.place().provider(), event.what());
  }

  @Override
  public void close() {
    beats.shutdownNow();
  }
}
