package io.onebalance.relay.exchange.rules;

/// How large a request's body may be, in bytes: up to `replay` it is kept and can be asked again;
/// up to `max` it passes through once.
public record BodyLimits(int replay, long max) {
  public BodyLimits {
    if (replay < 0 || max < replay) {
      throw new IllegalArgumentException(
          "body limits are " + replay + " and " + max + "; allowed: 0 ≤ replay ≤ max");
    }
  }
}
