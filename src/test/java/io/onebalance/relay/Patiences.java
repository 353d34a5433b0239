package io.onebalance.relay;

import io.onebalance.relay.exchange.TimeLimits;
import java.time.Duration;

/// TimeLimits that differs in one thing.
final class Patiences {
  private Patiences() {}

  static TimeLimits attempts(TimeLimits p, int most) {
    return new TimeLimits(
        p.overall(), p.streamed(), p.unary(), p.idle(), p.waiting(), most, p.serverFaults());
  }

  static TimeLimits serverFaults(TimeLimits p, int most) {
    return new TimeLimits(
        p.overall(), p.streamed(), p.unary(), p.idle(), p.waiting(), p.attempts(), most);
  }

  static TimeLimits attempt(TimeLimits p, Duration each) {
    return new TimeLimits(
        p.overall(), each, each, p.idle(), p.waiting(), p.attempts(), p.serverFaults());
  }

  static TimeLimits overall(TimeLimits p, Duration overall) {
    return new TimeLimits(
        overall, p.streamed(), p.unary(), p.idle(), p.waiting(), p.attempts(), p.serverFaults());
  }

  static TimeLimits idle(TimeLimits p, Duration idle) {
    return new TimeLimits(
        p.overall(), p.streamed(), p.unary(), idle, p.waiting(), p.attempts(), p.serverFaults());
  }
}
