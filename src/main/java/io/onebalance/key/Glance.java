package io.onebalance.key;

import io.onebalance.key.event.KeyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a key stands towards one model, at a glance: what two of them differ in has happened between
/// them. Taken under the lock of the pool; it costs next to nothing where nothing happened.
record Glance(State state, Rest whole, Rest rest) {
  static Glance of(Member member, String model) {
    return new Glance(member.state(), member.whole(), member.rest(model));
  }

  /// What happened until `after`, to the key itself; `fellows` share its account and its lot.
  List<KeyEvent.Change> changes(Glance after, String model, int fellows) {
    if (equals(after)) {
      return List.of();
    }
    var changes = new ArrayList<KeyEvent.Change>();
    state(after.state, changes);
    rest(whole, after.whole, Cooling.WHOLE_KEY, fellows, changes);
    rest(rest, after.rest, model, fellows, changes);
    return changes;
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
      Rest before, Rest after, String model, int fellows, List<KeyEvent.Change> changes) {
    if (after instanceof Rest.Resting(var cooling, var since, _)
        && !cooling.equals(before.cooling())) {
      var length = Duration.between(since, cooling.until());
      changes.add(
          new KeyEvent.Rests(
              model, cooling.until(), length, cooling.reason(), Math.max(0, fellows)));
    } else if (after.isReady() && !before.isReady()) {
      changes.add(new KeyEvent.Returned(model, rested(before)));
    }
  }

  private static Duration rested(Rest before) {
    return switch (before) {
      case Rest.Ready() -> Duration.ZERO;
      case Rest.Resting resting -> length(resting);
      case Rest.Due(var last) -> length(last);
      case Rest.Trial(var last) -> length(last);
    };
  }

  private static Duration length(Rest.Resting rest) {
    return Duration.between(rest.since(), rest.cooling().until());
  }
}
