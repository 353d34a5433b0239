package io.onebalance.relay;

import io.onebalance.relay.exchange.ClientLimits;
import io.onebalance.relay.exchange.TimeLimits;
import java.time.Duration;

/// TimeLimits that differs in one thing.
final class Patiences {
  private Patiences() {}

  static TimeLimits attempts(TimeLimits p, int most) {
    return new TimeLimits(
        p.overall(),
        p.streamed(),
        p.unary(),
        p.idle(),
        p.waiting(),
        most,
        p.serverFaults(),
        p.client());
  }

  static TimeLimits serverFaults(TimeLimits p, int most) {
    return new TimeLimits(
        p.overall(),
        p.streamed(),
        p.unary(),
        p.idle(),
        p.waiting(),
        p.attempts(),
        most,
        p.client());
  }

  static TimeLimits attempt(TimeLimits p, Duration each) {
    return new TimeLimits(
        p.overall(), each, each, p.idle(), p.waiting(), p.attempts(), p.serverFaults(), p.client());
  }

  static TimeLimits overall(TimeLimits p, Duration overall) {
    return new TimeLimits(
        overall,
        p.streamed(),
        p.unary(),
        p.idle(),
        p.waiting(),
        p.attempts(),
        p.serverFaults(),
        p.client());
  }

  static TimeLimits idle(TimeLimits p, Duration idle) {
    return new TimeLimits(
        p.overall(),
        p.streamed(),
        p.unary(),
        idle,
        p.waiting(),
        p.attempts(),
        p.serverFaults(),
        p.client());
  }

  static TimeLimits client(TimeLimits p, ClientLimits client) {
    return new TimeLimits(
        p.overall(),
        p.streamed(),
        p.unary(),
        p.idle(),
        p.waiting(),
        p.attempts(),
        p.serverFaults(),
        client);
  }

  static TimeLimits waiting(TimeLimits p, Duration waiting) {
    return new TimeLimits(
        p.overall(),
        p.streamed(),
        p.unary(),
        p.idle(),
        waiting,
        p.attempts(),
        p.serverFaults(),
        p.client());
  }
}
