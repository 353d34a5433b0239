package io.onebalance.proof;

import io.onebalance.provider.Destination;
import io.onebalance.provider.answer.Verdict;
import java.util.Optional;

/// What came of the wish to prove a key.
public sealed interface Proven {
  /// The request may be sent. `token` is the one that was exchanged, if any.
  record Ready(Destination to, Optional<AccessToken> token) implements Proven {}

  /// There is no proof, and whose doing that is.
  record Refused(Verdict verdict) implements Proven {}
}
