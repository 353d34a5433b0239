package io.onebalance.program.tell;

import io.onebalance.console.live.Live;
import io.onebalance.key.pool.Pools;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets pools notice every second which rests are over, so that it is told also where nobody asks
/// for a key; and takes note now and then of how many keys are ready.
final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final int SAMPLE_SECONDS = 15;

  private final Pools pools;
  private final Live live;
  private final InstantSource clock;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  Pulse(Pools pools, Live live, InstantSource clock) {
    this.pools = pools;
    this.live = live;
    this.clock = clock;
  }

  void begin() {
    every(1, () -> pools.notice(clock.instant()));
    every(SAMPLE_SECONDS, () -> live.sample(clock.instant()));
  }

  /// The edge of the thread: whatever goes wrong in one look, there is a next one.
  private void every(int seconds, Runnable look) {
    beats.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException broken) {
            LOG.error("looking at keys failed", broken);
          }
        },
        0,
        seconds,
        TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    beats.shutdownNow();
  }
}
