package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Level;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;

/// What the keys of a pool may do for a model, as far as their limits are known: so many quotas
/// (keys that share one count once), the sum of their limits and of what is used of them.
public record Headroom(String model, Kind kind, Window window, int quotas, long limit, long used) {
  public long left() {
    return Math.max(0, limit - used);
  }

  Headroom and(Level level) {
    return new Headroom(
        model, kind, window, quotas + 1, limit + level.limit(), used + level.used());
  }
}
