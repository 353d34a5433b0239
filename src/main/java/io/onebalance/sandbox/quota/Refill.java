package io.onebalance.sandbox.quota;

import java.time.Duration;
import java.time.Instant;

/// How a spent quota comes back.
public enum Refill {
  /// All at once: at the full minute, and for days at midnight Pacific. Google counts so.
  AT_ONCE {
    @Override
    Window window(long limit, Duration length, Instant now) {
      return Window.Fixed.starting(limit, length, now);
    }
  },

  /// Bit by bit, a token bucket. OpenAI and Anthropic count so.
  BIT_BY_BIT {
    @Override
    Window window(long limit, Duration length, Instant now) {
      return new Window.Bucket(limit, length, now);
    }
  };

  abstract Window window(long limit, Duration length, Instant now);
}
