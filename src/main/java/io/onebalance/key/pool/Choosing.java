package io.onebalance.key.pool;

import io.onebalance.key.Ask;
import io.onebalance.key.Ask.Reasons;
import io.onebalance.key.State;
import io.onebalance.key.lane.Lane;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.lane.Preference;
import io.onebalance.key.lane.Within;
import io.onebalance.key.quota.Use;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.TakenState;
import io.onebalance.key.turn.Ring;
import io.onebalance.key.why.How;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/// The choice among the keys of a pool. The pool's lock guards it.
final class Choosing {
  /// How long to wait when a key may come back any moment.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// So many keys return at once before one is chosen; the others follow with the next requests.
  private static final int WAKES = 64;

  private final Roster roster;
  private final Lanes lanes;
  private final Preference preference;
  private final Lessons lessons;
  private final Slots slots;
  private final Explaining explaining;

  Choosing(
      Roster roster,
      Lanes lanes,
      Preference preference,
      Lessons lessons,
      Explaining explaining,
      Slots slots) {
    this.roster = roster;
    this.lanes = lanes;
    this.preference = preference;
    this.lessons = lessons;
    this.explaining = explaining;
    this.slots = slots;
  }

  /// The next key for this model, none of those asked already.
  Choice any(Ask told, Instant now) {
    var lane = lanes.of(told.model());
    var paused = lane.brownout().left(now.toEpochMilli());
    if (paused > 0) {
      return new Choice.Wait(Duration.ofMillis(paused));
    }
    var supply = lane.supply();
    var ask = supply == null ? told : told.needing(supply.likely(told.need()));
    if (!ask.scope().isEmpty() && !roster.hasScope(ask.scope())) {
      return new Choice.None("no key of " + ask.scope() + " is stored");
    }
    var ready = ready(lane, ask, now);
    if (ready != Ring.NONE) {
      return take(ready, ask, lane.how(), now);
    }
    var within = lane.within(ask);
    var time = now.toEpochMilli();
    var found = within == null ? bold(lane, ask.asked(), time) : bold(within, time);
    if (found != Ring.NONE) {
      return take(found, ask, lane.how(), now);
    }
    return within == null ? noneReady(lane, ask, now) : noneReady(lane, within, now);
  }

  /// A key that is tried though it should not be asked now, as far as we know.
  private static int bold(Lane lane, Set<String> asked, long now) {
    var beyond = lane.beyond(asked, now);
    return beyond == Ring.NONE ? lane.probe(asked, now) : beyond;
  }

  private static int bold(Within within, long now) {
    var beyond = within.beyond(now);
    return beyond == Ring.NONE ? within.probe(now) : beyond;
  }

  private int ready(Lane lane, Ask ask, Instant now) {
    var time = now.toEpochMilli();
    while (true) {
      var woken = wake(lane, now);
      var number = lane.next(ask, slots.taken(), preference, time);
      if (number != Ring.NONE || woken < WAKES) {
        return number;
      }
    }
  }

  /// Puts back what time has brought back, so many keys of each lane; whether there may be more.
  boolean wake(Instant now) {
    var more = false;
    for (var lane : lanes.all()) {
      more |= wake(lane, now) == WAKES;
    }
    return more;
  }

  private int wake(Lane lane, Instant now) {
    for (var woken = 0; woken < WAKES; woken++) {
      var member = lane.returning(now.toEpochMilli());
      if (member != null) {
        lessons.wake(member, lane.model(), now);
      } else if (!lane.refill(now.toEpochMilli())) {
        return woken;
      }
    }
    return WAKES;
  }

  /// This very key.
  Choice only(Member member, Ask told, Instant now) {
    var model = told.model();
    lessons.wake(member, model, now);
    if (member.state() instanceof State.Blocked(var reason, _)) {
      return new Choice.None("the key that this belongs to is blocked: " + reason);
    }
    var time = now.toEpochMilli();
    var paused = lanes.of(model).brownout().left(time);
    if (paused > 0) {
      return new Choice.Wait(Duration.ofMillis(paused));
    }
    if (member.opens(model) || member.probesAt(model) <= time) {
      return onlyWithRoom(member, told, now);
    }
    return member.isUnderway(model)
        ? new Choice.Wait(SOON)
        : new Choice.Wait(Duration.ofMillis(member.soonest(model) - time));
  }

  private Choice onlyWithRoom(Member member, Ask told, Instant now) {
    var time = now.toEpochMilli();
    var supply = lanes.of(told.model()).supply();
    var ask = supply == null ? told : told.needing(supply.likely(told.need()));
    var room = supply == null ? time : supply.roomAt(member.number(), ask.need(), time);
    return room <= time
        ? take(member.number(), ask, How.ONLY, now)
        : new Choice.Wait(Duration.ofMillis(room - time));
  }

  /// This very key whatever stands in its way.
  Slot testing(Member member, String model, Instant now) {
    var use = use(member.number(), model, Need.NONE, now);
    return model.isEmpty() && !roster.isBenched(member)
        ? slots.take(TakenState.ready(member, member.number(), model, use))
        : slots.take(seen(member.number(), model, use));
  }

  private Choice take(int number, Ask ask, How how, Instant now) {
    var model = ask.model();
    var seen = seen(number, model, use(number, model, ask.need(), now));
    var lane = lanes.of(model);
    lane.brownout().taken(seen, now.toEpochMilli());
    var slot = slots.take(seen);
    if (ask.reasons() != Reasons.UNTOLD) {
      var inDetail = ask.reasons() == Reasons.DETAILED;
      slot.explained(explaining.why(seen, how, lane, inDetail, now));
    }
    return new Choice.Chosen(slot);
  }

  /// Counts the request against the key's quota, where that is counted.
  Use use(int number, String model, Need need, Instant now) {
    var lane = lanes.of(model);
    var supply = lane.supply();
    if (supply == null) {
      return Use.UNCOUNTED;
    }
    var use = supply.take(number, need, now.toEpochMilli());
    lanes.untold().taken(roster.id(number), model, need);
    lane.notice(number, now.toEpochMilli());
    return use;
  }

  /// Others used this at that time. What they count is counted here too.
  void heard(Member member, KeyUse used, Instant then, Instant now) {
    lanes.count(used.model(), now);
    var lane = lanes.of(used.model());
    var supply = lane.supply();
    if (supply != null) {
      supply.hear(member.number(), used, then.toEpochMilli());
      lane.notice(member.number(), now.toEpochMilli());
    }
  }

  /// Of a calm key nothing needs to be read, so that a choice need not fetch it from memory.
  private TakenState seen(int number, String model, Use use) {
    var member = Objects.requireNonNull(roster.at(number));
    if (roster.isCalm(number)) {
      return TakenState.ready(member, number, model, use);
    }
    lanes.follow(member, model, () -> member.take(model));
    return TakenState.of(member, model, use);
  }

  private Choice noneReady(Lane lane, Ask ask, Instant now) {
    var asked = ask.asked();
    var time = now.toEpochMilli();
    var soonest = Math.min(lane.soonest(asked, time), lane.roomFor(time));
    return later(soonest, lane.awaitsDecision(asked));
  }

  private Choice noneReady(Lane lane, Within within, Instant now) {
    var time = now.toEpochMilli();
    return later(Math.min(within.soonest(time), lane.roomFor(time)), within.awaitsDecision());
  }

  private Choice later(long rest, boolean awaitsDecision) {
    var soonest = Duration.ofMillis(rest);
    if (awaitsDecision) {
      return new Choice.Wait(soonest.compareTo(SOON) < 0 ? soonest : SOON);
    }
    if (soonest.toMillis() != Member.NEVER) {
      return new Choice.Wait(soonest);
    }
    return new Choice.None(roster.whyNone());
  }
}
