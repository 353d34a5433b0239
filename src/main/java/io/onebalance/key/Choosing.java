package io.onebalance.key;

import io.onebalance.key.turn.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// The choice among the keys of a pool, and the count of what was chosen and not let go. The pool's
/// lock guards it.
final class Choosing {
  /// How long to wait when a key may come back any moment.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// So many keys return at once before one is chosen; the others follow with the next requests.
  private static final int WAKES = 64;

  private final Roster roster;
  private final Lanes lanes;
  private final Preference preference;
  private final Lessons lessons;
  private final Function<TakenState, Slot> slots;
  private int inFlight;

  Choosing(
      Roster roster,
      Lanes lanes,
      Preference preference,
      Lessons lessons,
      Function<TakenState, Slot> slots) {
    this.roster = roster;
    this.lanes = lanes;
    this.preference = preference;
    this.lessons = lessons;
    this.slots = slots;
  }

  /// The next key for this model, none of those asked already.
  Choice any(String model, Set<String> asked, Instant now) {
    var lane = lanes.of(model);
    var ready = ready(lane, asked, now);
    var found = ready == Ring.NONE ? lane.probe(asked, now.toEpochMilli()) : ready;
    return found == Ring.NONE ? noneReady(lane, asked, now) : take(found, model);
  }

  /// Slots taken and not let go.
  int inFlight() {
    return inFlight;
  }

  /// One slot was let go.
  void released() {
    inFlight--;
  }

  private int ready(Lane lane, Set<String> asked, Instant now) {
    var time = now.toEpochMilli();
    while (true) {
      var woken = wake(lane, now);
      var number = lane.next(asked, inFlight, preference, time);
      if (number != Ring.NONE || woken < WAKES) {
        return number;
      }
    }
  }

  private int wake(Lane lane, Instant now) {
    for (var woken = 0; woken < WAKES; woken++) {
      var member = lane.returning(now.toEpochMilli());
      if (member == null) {
        return woken;
      }
      lessons.wake(member, lane.model(), now);
    }
    return WAKES;
  }

  /// This very key.
  Choice only(Member member, String model, Instant now) {
    lessons.wake(member, model, now);
    if (member.state() instanceof State.Blocked(var reason, _)) {
      return new Choice.None("the key that this belongs to is blocked: " + reason);
    }
    var time = now.toEpochMilli();
    if (member.opens(model) || member.probesAt(model) <= time) {
      return take(member.number(), model);
    }
    return member.isUnderway(model)
        ? new Choice.Wait(SOON)
        : new Choice.Wait(Duration.ofMillis(member.soonest(model) - time));
  }

  /// This very key whatever stands in its way.
  Slot testing(Member member, String model) {
    return model.isEmpty() && !roster.isBenched(member)
        ? slot(TakenState.ready(member, member.number(), model))
        : slot(seen(member.number(), model));
  }

  private Choice take(int number, String model) {
    return new Choice.Chosen(slot(seen(number, model)));
  }

  private Slot slot(TakenState seen) {
    inFlight++;
    return slots.apply(seen);
  }

  /// Of a calm key nothing needs to be read, so that a choice need not fetch it from memory.
  private TakenState seen(int number, String model) {
    var member = Objects.requireNonNull(roster.at(number));
    if (roster.isCalm(number)) {
      return TakenState.ready(member, number, model);
    }
    lanes.follow(member, model, () -> member.take(model));
    return new TakenState(member, number, model, member.whole(), member.rest(model));
  }

  private Choice noneReady(Lane lane, Set<String> asked, Instant now) {
    var soonest = Duration.ofMillis(lane.soonest(asked, now.toEpochMilli()));
    if (lane.awaitsDecision(asked)) {
      return new Choice.Wait(soonest.compareTo(SOON) < 0 ? soonest : SOON);
    }
    if (soonest.toMillis() != Member.NEVER) {
      return new Choice.Wait(soonest);
    }
    return new Choice.None(roster.whyNone());
  }
}
