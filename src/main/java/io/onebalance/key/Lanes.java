package io.onebalance.key;

import io.onebalance.key.quota.Spans;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/// The lanes of a pool: one for all models, and one of its own for each model that some key stands
/// otherwise towards. Guarded by the lock of the pool.
final class Lanes {
  /// Of more models than these, the one not asked for the longest is forgotten with the rests of
  /// its keys: clients name models, and what they name must not fill the memory.
  static final int MOST = 256;

  private final LinkedHashMap<String, Lane> byModel = new LinkedHashMap<>(16, 0.75f, true);
  private final Roster roster;
  private final Supplier<Spans> spans;
  private final Lane base;
  private final Untold untold = new Untold();

  /// `spans` are the windows of the provider's limits as they are told now.
  Lanes(Roster roster, Supplier<Spans> spans) {
    this.roster = roster;
    this.spans = spans;
    base = new Lane(Cooling.WHOLE_KEY, roster);
  }

  /// What others were not told of.
  Untold untold() {
    return untold;
  }

  Lane of(String model) {
    return byModel.isEmpty() ? base : byModel.getOrDefault(model, base);
  }

  int size() {
    return byModel.size();
  }

  /// Begins to count what is used of the keys' quotas for this model: it serves.
  void count(String model) {
    var lane = byModel.computeIfAbsent(model, base::copyFor);
    if (lane.supply() == null) {
      lane.count(spans.get());
      bound();
    }
  }

  /// The clock was turned: nobody knows what still counts.
  void forgetCounts() {
    for (var lane : byModel.values()) {
      if (lane.supply() != null) {
        lane.supply().clear();
      }
    }
  }

  /// The key has other limits from now on.
  void forgetQuota(Member member) {
    byModel.values().forEach(lane -> lane.forgetQuota(member));
  }

  /// Runs a change of a key, and places the key anew where it changed.
  void follow(Member member, String model, Runnable change) {
    var state = member.state();
    var whole = member.whole();
    var rest = member.rest(model);
    change.run();
    if (!member.state().equals(state) || !member.whole().equals(whole)) {
      place(member);
    }
    if (!member.rest(model).equals(rest)) {
      place(member, model);
    }
  }

  /// Places a key anew in every lane that is there.
  void place(Member member) {
    roster.changed(member);
    base.place(member);
    byModel.values().forEach(lane -> lane.place(member));
  }

  /// Places a key anew in every lane, also those that its rests ask for.
  void placeFully(Member member) {
    place(member);
    member.rests().keySet().forEach(model -> place(member, model));
  }

  /// Places a key anew in the lane of a model.
  void place(Member member, String model) {
    roster.changed(member);
    var excepted = !member.rest(model).isReady();
    if (!excepted && !byModel.containsKey(model)) {
      return;
    }
    var lane = byModel.computeIfAbsent(model, base::copyFor);
    lane.place(member);
    lane.except(member, excepted);
    if (!lane.isOwn()) {
      byModel.remove(model);
    }
    bound();
  }

  private void bound() {
    if (byModel.size() > MOST) {
      byModel.pollFirstEntry().getValue().forgetExceptions();
    }
  }

  /// Takes a key out of every lane, before it leaves or its weight changes.
  void drop(Member member) {
    base.drop(member);
    byModel.values().forEach(lane -> lane.drop(member));
  }

  /// Forgets a key that leaves for good.
  void remove(Member member) {
    drop(member);
    byModel.values().forEach(lane -> lane.forget(member));
    byModel.values().removeIf(lane -> !lane.isOwn());
  }
}
