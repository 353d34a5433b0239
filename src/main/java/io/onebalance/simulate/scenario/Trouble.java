package io.onebalance.simulate.scenario;

/// How a provider answers when something is wrong.
public enum Trouble {
  /// 503 or 529: no capacity.
  OVERLOADED,
  /// 500, or no answer.
  FAULTED,
  /// A 429 that tells nothing, or only when to come back.
  LIMITED,
  /// An indefinite 401 or 403.
  DOUBTED;

  /// Whether the answer may tell when to come back.
  boolean tellsTime() {
    return this == OVERLOADED || this == LIMITED;
  }
}
