package io.onebalance.sandbox.quota;

import java.util.EnumMap;
import java.util.Map;

/// What one key may ask of one model. 0 means no limit.
public record Quota(long requestsPerMinute, long requestsPerDay, long tokensPerMinute) {
  public static final Quota NONE = new Quota(0, 0, 0);

  public Quota {
    if (requestsPerMinute < 0 || requestsPerDay < 0 || tokensPerMinute < 0) {
      throw new IllegalArgumentException("a limit may not be negative; 0 means none");
    }
  }

  public static Quota perMinute(long requests) {
    return new Quota(requests, 0, 0);
  }

  public static Quota perDay(long requests) {
    return new Quota(0, requests, 0);
  }

  public static Quota tokensPerMinute(long tokens) {
    return new Quota(0, 0, tokens);
  }

  /// The limits that there are, in the order of [Dimension].
  Map<Dimension, Long> limits() {
    var limits = new EnumMap<Dimension, Long>(Dimension.class);
    limits.put(Dimension.REQUESTS_PER_MINUTE, requestsPerMinute);
    limits.put(Dimension.REQUESTS_PER_DAY, requestsPerDay);
    limits.put(Dimension.TOKENS_PER_MINUTE, tokensPerMinute);
    limits.values().removeIf(limit -> limit == 0);
    return limits;
  }
}
