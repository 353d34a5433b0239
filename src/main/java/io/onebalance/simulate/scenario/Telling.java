package io.onebalance.simulate.scenario;

/// What a provider tells of its limits.
public enum Telling {
  /// In the body of a 429, as Google: the id and value of the quota, and when to retry.
  GEMINI,
  /// In the fields of each answer: the limit, what is left, when it is full again.
  HEADERS,
  /// In a 429, when to retry; nothing else.
  RETRY_AFTER,
  /// Nothing.
  BARE
}
