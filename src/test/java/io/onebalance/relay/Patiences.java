package io.onebalance.relay;

import java.time.Duration;

/// Patience that differs in one thing.
final class Patiences {
  private Patiences() {}

  static Patience attempts(Patience p, int most) {
    return new Patience(
        p.overall(), p.streamed(), p.unary(), p.idle(), p.waiting(), most, p.serverFaults());
  }

  static Patience serverFaults(Patience p, int most) {
    return new Patience(
        p.overall(), p.streamed(), p.unary(), p.idle(), p.waiting(), p.attempts(), most);
  }

  static Patience attempt(Patience p, Duration each) {
    return new Patience(
        p.overall(), each, each, p.idle(), p.waiting(), p.attempts(), p.serverFaults());
  }

  static Patience overall(Patience p, Duration overall) {
    return new Patience(
        overall, p.streamed(), p.unary(), p.idle(), p.waiting(), p.attempts(), p.serverFaults());
  }

  static Patience idle(Patience p, Duration idle) {
    return new Patience(
        p.overall(), p.streamed(), p.unary(), idle, p.waiting(), p.attempts(), p.serverFaults());
  }
}
