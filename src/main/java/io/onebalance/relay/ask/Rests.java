package io.onebalance.relay.ask;

import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The requests of one event loop that ask nobody for a while.
final class Rests {
  private final Wheel wheel;

  /// Changed by the event loop alone, read by anybody.
  private final AtomicInteger resting = new AtomicInteger();

  Rests(Wheel wheel) {
    this.wheel = wheel;
  }

  /// How many rest now. From any thread.
  int resting() {
    return resting.get();
  }

  /// Runs `then` after this rest, or `left` when the client leaves meanwhile.
  void rest(Duration rest, Departure client, Runnable then, Runnable left) {
    resting.incrementAndGet();
    var alarm =
        wheel.after(
            rest,
            () -> {
              resting.decrementAndGet();
              client.stopsNothing();
              then.run();
            });
    client.stops(() -> {
      alarm.cancel();
      resting.decrementAndGet();
      left.run();
    });
  }
}
