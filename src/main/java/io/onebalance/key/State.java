package io.onebalance.key;

import java.time.Instant;

/// Whether a key may be used at all, apart from any rest it takes.
public sealed interface State {
  State ACTIVE = new Active();
  State SET_ASIDE = new SetAside();

  /// In use.
  record Active() implements State {}

  /// An indefinite 401 or 403 came: not given out until it is known whether the key or the request
  /// was at fault.
  record SetAside() implements State {}

  /// Out of use until somebody activates it again.
  record Blocked(String reason, Instant since) implements State {}
}
