package io.onebalance.key.roster;

import io.onebalance.key.Cooling;
import io.onebalance.key.State;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.event.KeyEvent.Fellows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// How a key stands, at a glance: what two of them differ in has happened between them. Taken under
/// the lock of the pool; it costs next to nothing where nothing happened.
public record Glance(State state, Rest whole, Map<String, Rest> rests) {
  public static Glance of(Member member) {
    return new Glance(member.state(), member.whole(), member.rests());
  }

  /// What happened until `after`, to the key itself; `fellows` share its account and its lot.
  List<KeyEvent.Change> changes(Glance after, Fellows fellows) {
    if (equals(after)) {
      return List.of();
    }
    var changes = new ArrayList<KeyEvent.Change>();
    state(after.state, changes);
    rest(Cooling.WHOLE_KEY, whole, after.whole, fellows, changes);
    var models = new HashSet<>(rests.keySet());
    models.addAll(after.rests.keySet());
    models.forEach(model -> rest(model, rest(model), after.rest(model), fellows, changes));
    return changes;
  }

  private Rest rest(String model) {
    return rests.getOrDefault(model, Rest.Ready.READY);
  }

  private void state(State after, List<KeyEvent.Change> changes) {
    if (state.equals(after)) {
      return;
    }
    var aside = state instanceof State.SetAside;
    changes.add(
        switch (after) {
          case State.Blocked(var reason, _) -> new KeyEvent.Blocked(reason, aside);
          case State.SetAside() -> new KeyEvent.SetAside();
          case State.Active() -> aside ? new KeyEvent.Released() : new KeyEvent.Activated();
        });
  }

  private static void rest(
      String model, Rest before, Rest after, Fellows fellows, List<KeyEvent.Change> changes) {
    if (after instanceof Rest.Resting(var cooling, var since, _)
        && !cooling.equals(before.cooling())) {
      var length = Duration.between(since, cooling.until());
      changes.add(new KeyEvent.Rests(model, cooling.until(), length, cooling.reason(), fellows));
    } else if (after.isOver() && !before.isOver()) {
      changes.add(new KeyEvent.Returned(model, rested(before)));
    }
  }

  private static Duration rested(Rest before) {
    return switch (before) {
      case Rest.Ready() -> Duration.ZERO;
      case Rest.Resting resting -> length(resting);
      case Rest.Due(var last) -> length(last);
      case Rest.Trial(var last, _) -> length(last);
    };
  }

  private static Duration length(Rest.Resting rest) {
    return Duration.between(rest.since(), rest.cooling().until());
  }
}
