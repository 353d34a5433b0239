package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.KeyGroup;

/// A key as it truly is. `account` numbers the quotas it spends; keys of one project have the same.
/// `phase` is where its rhythm begins, [#STEADY] for a key without one.
public record PretendKey(int number, KeyGroup group, int account, boolean dead, long phase) {
  public static final long STEADY = -1;

  /// Whether the provider would serve it at this time since the start, quotas aside.
  public boolean isUp(long sinceStart) {
    return !dead && !isDown(sinceStart);
  }

  public boolean flaps() {
    return phase != STEADY;
  }

  boolean isDown(long sinceStart) {
    var flapping = group.ailments().flapping();
    return flaps() && (sinceStart + phase) % (flapping.up() + flapping.down()) >= flapping.up();
  }
}
