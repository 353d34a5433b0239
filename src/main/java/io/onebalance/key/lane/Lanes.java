package io.onebalance.key.lane;

import io.onebalance.key.Cooling;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The lanes of a pool: one for all models, and one of its own for each model that some key stands
/// otherwise towards. Guarded by the lock of the pool.
public final class Lanes {
  /// Of more models than these, the one not asked for the longest is forgotten with the rests of
  /// its keys: clients name models, and what they name must not fill the memory.
  public static final int MOST = 256;

  private final LinkedHashMap<String, Lane> byModel = new LinkedHashMap<>(16, 0.75f, true);
  private final Roster roster;
  private final Supplier<Spans> spans;
  private final Lane base;
  private final Untold untold = new Untold();

  /// `spans` are the windows of the provider's limits as they are told now.
  public Lanes(Roster roster, Supplier<Spans> spans) {
    this.roster = roster;
    this.spans = spans;
    base = new Lane(Cooling.WHOLE_KEY, roster);
  }

  /// What others were not told of.
  public Untold untold() {
    return untold;
  }

  public Lane of(String model) {
    return byModel.isEmpty() ? base : byModel.getOrDefault(model, base);
  }

  int size() {
    return byModel.size();
  }

  /// All lanes of this moment.
  public List<Lane> all() {
    var all = new ArrayList<>(byModel.values());
    all.add(base);
    return all;
  }

  /// Begins to count what is used of the keys' quotas for this model: it serves.
  public void count(String model, Instant now) {
    var lane = byModel.computeIfAbsent(model, base::copyFor);
    if (lane.supply() == null) {
      lane.count(spans.get(), now.toEpochMilli());
      bound();
    }
  }

  /// The models whose quotas are counted.
  public List<String> counted() {
    return byModel.values().stream()
        .filter(lane -> lane.supply() != null)
        .map(Lane::model)
        .toList();
  }

  /// What is known of a key's limits, by model.
  public Map<String, List<Measured>> limits(Member member, Instant now) {
    var limits = new TreeMap<String, List<Measured>>();
    for (var model : counted()) {
      var known = of(model).view().limits(member.number(), now);
      if (!known.isEmpty()) {
        limits.put(model, known);
      }
    }
    return limits;
  }

  /// What of a key's limits is worth knowing after a restart.
  public List<Learnt> learnt(Member member, Instant now) {
    var learnt = new ArrayList<Learnt>();
    byModel.values().forEach(lane -> learnt.addAll(lane.view().learnt(member.number(), now)));
    return learnt;
  }

  /// What was known of a key's limits at that time.
  public void recall(Member member, List<Learnt> known, Instant at, Instant now) {
    for (var limit : known) {
      count(limit.model(), now);
      var lane = of(limit.model());
      if (lane.supply() != null) {
        lane.supply().recall(member.number(), limit, at.toEpochMilli());
        lane.notice(member.number(), now.toEpochMilli());
      }
    }
  }

  /// The clock was turned to this time: nobody knows what still counts, and nothing lasts longer
  /// from now than it was meant to.
  public void turned(long now) {
    all().forEach(lane -> lane.turned(now));
  }

  /// The key has other limits from now on.
  public void forgetQuota(Member member) {
    byModel.values().forEach(lane -> lane.forgetQuota(member));
  }

  /// Runs a change of a key, and places the key anew where it changed.
  public void follow(Member member, String model, Runnable change) {
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
  public void place(Member member) {
    roster.changed(member);
    base.place(member);
    byModel.values().forEach(lane -> lane.place(member));
  }

  /// Places a key anew in every lane, also those that its rests ask for.
  public void placeFully(Member member) {
    place(member);
    member.rests().keySet().forEach(model -> place(member, model));
  }

  /// Places a key anew in the lane of a model.
  public void place(Member member, String model) {
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
  public void drop(Member member) {
    base.drop(member);
    byModel.values().forEach(lane -> lane.drop(member));
  }

  /// Forgets a key that leaves for good.
  public void remove(Member member) {
    drop(member);
    byModel.values().forEach(lane -> lane.forget(member));
    byModel.values().removeIf(lane -> !lane.isOwn());
  }
}
