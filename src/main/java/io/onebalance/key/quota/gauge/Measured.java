package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Instant;

/// One limit of a key for a model as it is known at a moment: how much there is ([Gauge#UNKNOWN]
/// where nobody knows), whether the provider named it or it was learnt by counting, how much is
/// used, and from when on there is room.
public record Measured(
    Kind kind, Window window, long limit, boolean told, long used, Instant roomAt) {
  static Measured of(Gauge gauge, long now, long heldUntil) {
    return new Measured(
        gauge.kind(),
        gauge.window(),
        gauge.limit(),
        gauge.isTold(),
        gauge.used(now),
        Instant.ofEpochMilli(Math.max(heldUntil, gauge.roomAt(now, Need.NONE))));
  }

  public boolean isKnown() {
    return limit != Gauge.UNKNOWN;
  }
}
