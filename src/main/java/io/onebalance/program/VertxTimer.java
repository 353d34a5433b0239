package io.onebalance.program;

import io.onebalance.key.queue.Timer;
import io.vertx.core.Vertx;

/// Alarms of Vert.x for those who wait for a key.
final class VertxTimer {
  private VertxTimer() {}

  static Timer of(Vertx vertx) {
    return (delay, task) -> {
      var id = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}
