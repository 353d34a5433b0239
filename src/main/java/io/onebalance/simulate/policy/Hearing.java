package io.onebalance.simulate.policy;

import io.onebalance.simulate.world.Provider;

/// Who hears what came of one asking.
public interface Hearing {
  /// The answer has begun; the request is served, and nobody retries.
  void opened(Provider.Answer answer);

  /// The answer that had begun is whole.
  void ended();

  /// The request was not served with this key.
  void refused(Provider.Answer answer);
}
