package io.onebalance.relay;

import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.relay.exchange.rules.TimeLimits;
import java.time.Duration;
import java.util.function.Consumer;

/// The time limits of tests, and what differs from others in one thing.
final class Patiences {
  static final TimeLimits USUAL =
      new TimeLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          100_000,
          3,
          new ClientLimits(Duration.ofSeconds(30), Duration.ofSeconds(30)));

  private Duration overall;
  private Duration streamed;
  private Duration unary;
  private Duration idle;
  private final Duration waiting;
  private int attempts;
  private int serverFaults;
  private ClientLimits client;

  private Patiences(TimeLimits p) {
    overall = p.overall();
    streamed = p.streamed();
    unary = p.unary();
    idle = p.idle();
    waiting = p.waiting();
    attempts = p.attempts();
    serverFaults = p.serverFaults();
    client = p.client();
  }

  private static TimeLimits with(TimeLimits p, Consumer<Patiences> change) {
    var it = new Patiences(p);
    change.accept(it);
    return new TimeLimits(
        it.overall,
        it.streamed,
        it.unary,
        it.idle,
        it.waiting,
        it.attempts,
        it.serverFaults,
        it.client);
  }

  static TimeLimits attempts(TimeLimits p, int most) {
    return with(p, it -> it.attempts = most);
  }

  static TimeLimits serverFaults(TimeLimits p, int most) {
    return with(p, it -> it.serverFaults = most);
  }

  static TimeLimits attempt(TimeLimits p, Duration each) {
    return with(
        p,
        it -> {
          it.streamed = each;
          it.unary = each;
        });
  }

  static TimeLimits overall(TimeLimits p, Duration overall) {
    return with(p, it -> it.overall = overall);
  }

  static TimeLimits idle(TimeLimits p, Duration idle) {
    return with(p, it -> it.idle = idle);
  }

  static TimeLimits client(TimeLimits p, ClientLimits client) {
    return with(p, it -> it.client = client);
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
