package io.onebalance.sandbox.quota;

import java.time.Duration;
import java.time.Instant;

/// How a spent quota comes back.
public enum Refill {
  /// All at once: at the full minute, and for days at midnight Pacific. Google counts so.
  AT_ONCE {
    @Override
    Window window(Dimension dimension, long limit, Instant now) {
      return Window.Fixed.starting(dimension, limit, now);
    }
  },

  /// Bit by bit, a token bucket. OpenAI and Anthropic count so.
  BIT_BY_BIT {
    @Override
    Window window(Dimension dimension, long limit, Instant now) {
      return new Window.Bucket(limit, period(dimension), now);
    }
  };

  abstract Window window(Dimension dimension, long limit, Instant now);

  private static Duration period(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE -> Duration.ofMinutes(1);
      case REQUESTS_PER_DAY -> Duration.ofDays(1);
    };
  }
}
