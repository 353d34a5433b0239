package io.onebalance.console.live;

import io.onebalance.console.live.KeyEvent.Kind;
import io.onebalance.console.live.KeyEvent.What;
import io.onebalance.key.Cooling;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a key stood when it was last looked at: its state, and its running rests by model.
record Known(String provider, State state, Map<String, Cooling> rests) {
  Known {
    rests = Map.copyOf(rests);
  }

  static Known plain(String provider) {
    return new Known(provider, State.ACTIVE, Map.of());
  }

  static Known of(String provider, Standing standing, Instant now) {
    var rests = new HashMap<>(standing.coolings());
    rests.values().removeIf(rest -> !rest.until().isAfter(now));
    return new Known(provider, standing.state(), rests);
  }

  /// Whether there is nothing to remember.
  boolean isPlain() {
    return state instanceof State.Active && rests.isEmpty();
  }

  /// Whether a rest has ended by itself.
  boolean isOver(Instant now) {
    return rests.values().stream().anyMatch(rest -> !rest.until().isAfter(now));
  }

  /// The same key with the rests that still run.
  Known at(Instant now) {
    var running = new HashMap<>(rests);
    running.values().removeIf(rest -> !rest.until().isAfter(now));
    return new Known(provider, state, running);
  }

  /// What happened between then and now, by model; the whole key is an empty model.
  Map<String, What> since(Known before) {
    var happened = new LinkedHashMap<String, What>();
    if (!state.equals(before.state)) {
      happened.put("", changed());
    }
    rests.forEach((model, rest) -> {
      var old = before.rests.get(model);
      if (old == null || rest.until().isAfter(old.until())) {
        happened.put(name(model), new What(Kind.COOLED, rest.reason(), Optional.of(rest.until())));
      }
    });
    if (state instanceof State.Active) {
      before.rests.keySet().stream()
          .filter(model -> !rests.containsKey(model))
          .forEach(model -> happened.putIfAbsent(name(model), recovered()));
    }
    return happened;
  }

  private What changed() {
    return switch (state) {
      case State.Blocked(var reason, _) -> new What(Kind.BLOCKED, reason, Optional.empty());
      case State.SetAside() -> new What(Kind.SET_ASIDE, "", Optional.empty());
      case State.Active() -> recovered();
    };
  }

  private static What recovered() {
    return new What(Kind.RECOVERED, "", Optional.empty());
  }

  private static String name(String model) {
    return model.equals(Cooling.WHOLE_KEY) ? "" : model;
  }
}
