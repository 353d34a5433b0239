package io.onebalance.simulate.policy;

import io.onebalance.simulate.world.Request;

/// Brings each request that arrives to a key, lets it wait, or gives it up.
public interface Dispatcher {
  void arrived(Request request);

  /// What it believes of its keys.
  States states();

  /// How many keys are ready, cooling (for any model) and blocked.
  record States(int ready, int cooling, int blocked) {
    public int total() {
      return ready + cooling + blocked;
    }
  }
}
