package io.onebalance.sandbox.quota;

/// What a quota counts, and over which time.
public enum Dimension {
  REQUESTS_PER_MINUTE,
  REQUESTS_PER_DAY,
  TOKENS_PER_MINUTE
}
