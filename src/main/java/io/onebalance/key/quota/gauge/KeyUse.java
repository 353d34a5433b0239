package io.onebalance.key.quota.gauge;

import io.onebalance.provider.limit.Allowance;

/// What was used of a key's quotas for a model. Numbers are negative where it turned out to be less
/// than was told before.
public record KeyUse(
    String keyId, String model, long requests, long inputTokens, long outputTokens) {

  public KeyUse plus(KeyUse more) {
    return new KeyUse(
        keyId,
        model,
        requests + more.requests,
        inputTokens + more.inputTokens,
        outputTokens + more.outputTokens);
  }

  public boolean isNothing() {
    return requests == 0 && inputTokens == 0 && outputTokens == 0;
  }

  /// How much of it counts towards limits of this kind.
  long of(Allowance.Kind kind) {
    return switch (kind) {
      case REQUESTS -> requests;
      case TOKENS -> inputTokens + outputTokens;
      case INPUT_TOKENS -> inputTokens;
      case OUTPUT_TOKENS -> outputTokens;
      case CONCURRENT -> 0;
    };
  }
}
