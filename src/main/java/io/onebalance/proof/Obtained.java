package io.onebalance.proof;

import io.onebalance.provider.answer.Verdict;

/// What came of an exchange.
sealed interface Obtained {
  record Granted(AccessToken token) implements Obtained {}

  /// No token, and whose doing that is: the key's, or that of whoever should have given one.
  record Denied(Verdict verdict) implements Obtained {}
}
