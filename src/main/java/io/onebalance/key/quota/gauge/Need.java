package io.onebalance.key.quota.gauge;

import io.onebalance.provider.limit.Allowance;

/// How many tokens a request is thought to use.
public record Need(long inputTokens, long outputTokens) {
  /// Of a request that is not about tokens, or of which nobody knows.
  public static final Need NONE = new Need(0, 0);

  /// More than anything needs.
  public static final Need MOST = new Need(Long.MAX_VALUE, Long.MAX_VALUE);

  public Need {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "tokens are " + inputTokens + " and " + outputTokens + "; allowed: 0 and more");
    }
  }

  /// Whether this is no less than that, of input and of output.
  public boolean isAtLeast(Need other) {
    return inputTokens >= other.inputTokens && outputTokens >= other.outputTokens;
  }

  /// What one request uses up of a limit of this kind.
  public long of(Allowance.Kind kind) {
    return switch (kind) {
      case REQUESTS -> 1;
      case TOKENS -> inputTokens + outputTokens;
      case INPUT_TOKENS -> inputTokens;
      case OUTPUT_TOKENS -> outputTokens;
      case CONCURRENT -> 0;
    };
  }
}
