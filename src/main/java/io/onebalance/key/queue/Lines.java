package io.onebalance.key.queue;

import io.onebalance.key.pool.Pool;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The lines before all pools, each made when somebody asks its pool first. Safe for use by several
/// threads.
public final class Lines {
  private final Map<Pool, Line> byPool = new ConcurrentHashMap<>();
  private final Timer timer;
  private final InstantSource clock;

  public Lines(Timer timer, InstantSource clock) {
    this.timer = timer;
    this.clock = clock;
  }

  public Line of(Pool pool) {
    var line = byPool.get(pool);
    return line == null ? byPool.computeIfAbsent(pool, it -> new Line(it, timer, clock)) : line;
  }
}
