package io.onebalance.key.lane;

import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.turn.Ring;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The keys of one resource, as a lane finds them when none of them is ready. They are few of many:
/// each is looked at, and the others are not passed over one by one.
public final class Within {
  /// So many keys without room are looked at for one that may go beyond its limit.
  private static final int LOOKS = 8;

  private final Lane lane;
  private final Roster roster;
  private final Ring numbers;
  private final Set<String> asked;

  Within(Lane lane, Roster roster, Ring numbers, Set<String> asked) {
    this.lane = lane;
    this.roster = roster;
    this.numbers = numbers;
    this.asked = asked;
  }

  /// The number of a key that shall go beyond its limit, or [Ring#NONE].
  public int beyond(long now) {
    var supply = lane.supply();
    if (supply == null) {
      return Ring.NONE;
    }
    for (var look = 0; look < Math.min(LOOKS, numbers.size()); look++) {
      var member = roster.at(numbers.next());
      if (member != null
          && !asked.contains(member.id())
          && supply.isFull(member.number())
          && supply.goesBeyond(lane, member, now)) {
        return member.number();
      }
    }
    return Ring.NONE;
  }

  /// The number of a resting key that may be tried early, or [Ring#NONE].
  public int probe(long now) {
    var member = first(one -> !lane.isOtherwiseOpen(one) && lane.probeTime(one, now) <= now);
    if (member == null) {
      return Ring.NONE;
    }
    lane.probed(now);
    return member.number();
  }

  /// How long until a key is ready, has room or may be probed, in milliseconds, or [Member#NEVER].
  public long soonest(long now) {
    var soonest = Member.NEVER;
    for (var number = numbers.from(0); number != Ring.NONE; number = numbers.from(number + 1)) {
      var member = roster.at(number);
      if (member != null && !asked.contains(member.id())) {
        soonest = Math.min(soonest, when(member, now));
      }
    }
    return soonest == Member.NEVER ? soonest : Math.max(1, soonest - now);
  }

  /// Whether a key may come back any moment: one on trial or set aside.
  public boolean awaitsDecision() {
    return first(member -> lane.isUnderway(member.number())) != null;
  }

  private long when(Member member, long now) {
    if (!lane.isOtherwiseOpen(member)) {
      return Math.min(member.returnsAt(lane.model()), lane.probeTime(member, now));
    }
    var supply = lane.supply();
    return supply != null && supply.isFull(member.number())
        ? supply.roomAt(member.number(), Need.NONE, now)
        : Member.NEVER;
  }

  private @Nullable Member first(Predicate<Member> fits) {
    for (var number = numbers.from(0); number != Ring.NONE; number = numbers.from(number + 1)) {
      var member = roster.at(number);
      if (member != null && !asked.contains(member.id()) && fits.test(member)) {
        return member;
      }
    }
    return null;
  }
}
