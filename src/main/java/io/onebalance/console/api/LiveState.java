package io.onebalance.console.api;

import io.onebalance.key.Cooling;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// The state of a key as people see it now. A key that rests for some model counts as cooling.
public enum LiveState {
  ACTIVE("active"),
  COOLING("cooling"),
  SET_ASIDE("set_aside"),
  BLOCKED("blocked");

  private final String word;

  LiveState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static LiveState of(Standing standing, Instant now) {
    return switch (standing.state()) {
      case State.Blocked _ -> BLOCKED;
      case State.SetAside() -> SET_ASIDE;
      case State.Active() -> running(standing, now).isEmpty() ? ACTIVE : COOLING;
    };
  }

  /// The rests that are not over, by model in alphabetical order.
  public static Map<String, Cooling> running(Standing standing, Instant now) {
    var running = new TreeMap<>(standing.coolings());
    running.values().removeIf(cooling -> !cooling.until().isAfter(now));
    return running;
  }
}
