package io.onebalance.store.standing;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/// Brings together what this process knows of a key and what its row says, by what the row said
/// before: what only one of them changed is so now, also where it ended a rest. Where both did, the
/// later end of a rest and the graver state count, so that no merge shortens a rest (F80).
///
/// @param before what the row said when it was last read or written here
record ThreeWay(Standing before, Standing mine, Standing theirs, Instant now) {
  Standing merged() {
    var models = new HashSet<>(mine.coolings().keySet());
    models.addAll(theirs.coolings().keySet());
    var coolings = new HashMap<String, Cooling>();
    for (var model : models) {
      var merged = cooling(model);
      if (merged != null) {
        coolings.put(model, merged);
      }
    }
    return new Standing(state(), coolings, total(), health());
  }

  private State state() {
    if (same(theirs.state(), before.state()) || same(theirs.state(), mine.state())) {
      return mine.state();
    }
    if (same(mine.state(), before.state())) {
      return theirs.state();
    }
    return gravity(theirs.state()) > gravity(mine.state()) ? theirs.state() : mine.state();
  }

  /// A block is the same whenever it began: rows know only seconds.
  private static boolean same(State one, State other) {
    return switch (one) {
      case State.Blocked(var why, _) ->
          other instanceof State.Blocked(var also, _) && why.equals(also);
      case State.Active _, State.SetAside _ -> one.getClass().equals(other.getClass());
    };
  }

  private static int gravity(State state) {
    return switch (state) {
      case State.Active() -> 0;
      case State.SetAside() -> 1;
      case State.Blocked _ -> 2;
    };
  }

  private @Nullable Cooling cooling(String model) {
    var my = end(mine, model);
    var their = end(theirs, model);
    var was = end(before, model);
    if (their == was || (my != was && my >= their)) {
      return my == 0 ? null : mine.coolings().get(model);
    }
    return their == 0 ? null : theirs.coolings().get(model);
  }

  /// In seconds, as rows have it; 0 where nothing rests any more.
  private long end(Standing standing, String model) {
    var cooling = standing.coolings().get(model);
    return cooling == null || !cooling.until().isAfter(now)
        ? 0
        : Standings.ceiling(cooling.until());
  }

  private Duration total() {
    var more = theirs.totalCooling();
    return more.compareTo(mine.totalCooling()) > 0 ? more : mine.totalCooling();
  }

  private Health health() {
    return theirs.health().lastCheckedAt().isAfter(mine.health().lastCheckedAt())
        ? theirs.health()
        : mine.health();
  }

  /// Whether what came out differs from this.
  boolean isNewsTo(Standing known) {
    var merged = merged();
    var models = new HashSet<>(merged.coolings().keySet());
    models.addAll(known.coolings().keySet());
    return !same(merged.state(), known.state())
        || models.stream().anyMatch(model -> end(merged, model) != end(known, model));
  }
}
