package io.onebalance.key;

import io.onebalance.key.quota.Spans;
import io.onebalance.key.turn.Ring;
import io.onebalance.key.turn.WeightedRings;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of a pool as one model finds them: who is ready, who returns when, who may be probed.
/// An index over the members, never the truth about them. Guarded by the lock of the pool.
final class Lane {
  /// After so many keys that didn't take their turn, the best of them must.
  private static final int LOOKS = 8;

  /// So many keys without room for a large request are passed over before it has to wait.
  private static final int SMALL = 64;

  /// Between two early probes of resting keys lies at least this, in milliseconds: when all keys of
  /// a pool rest for the day, their probes must not become a storm.
  private static final long PROBE_PACE = 10_000;

  private final String model;
  private final Roster roster;
  private final WeightedRings ready;
  private final Ring underway;
  private final Awaited returning;
  private final Awaited probing;
  private final BitSet exceptions = new BitSet();
  private @Nullable Supply supply;
  private long nextProbe;

  Lane(String model, Roster roster) {
    this.model = model;
    this.roster = roster;
    ready = new WeightedRings();
    underway = new Ring();
    returning = new Awaited(roster, member -> member.returnsAt(model));
    probing = new Awaited(roster, member -> member.probesAt(model));
  }

  private Lane(String model, Lane base) {
    this.model = model;
    roster = base.roster;
    ready = base.ready.copy();
    underway = base.underway.copy();
    returning = base.returning.copy(member -> member.returnsAt(model));
    probing = new Awaited(roster, member -> member.probesAt(model));
  }

  /// A lane for a model, as long as no key stands otherwise towards it than towards all.
  Lane copyFor(String other) {
    return new Lane(other, this);
  }

  /// Begins to count what is used of the keys' quotas.
  void count(Spans spans) {
    supply = new Supply(roster, spans);
  }

  /// What is left of the keys' quotas, once that is counted.
  @Nullable Supply supply() {
    return supply;
  }

  /// Whether nothing but its quota keeps a key.
  boolean isOtherwiseOpen(Member member) {
    return member.opens(model);
  }

  /// Looks whether a key has room, and puts it where it belongs.
  void notice(Member member, long now) {
    if (supply == null || !supply.notice(member.number(), now)) {
      return;
    }
    if (supply.isFull(member.number())) {
      ready.drop(member.number(), member.weight());
    } else {
      place(member);
    }
  }

  /// A key that may have room again is put where it belongs; false when there is none to look at.
  boolean refill(long now) {
    var number = supply == null ? Ring.NONE : supply.refilled(now);
    var member = number == Ring.NONE ? null : roster.at(number);
    if (member != null && supply != null && !supply.isFull(number)) {
      place(member);
    }
    return number != Ring.NONE;
  }

  /// Puts a key where it belongs now.
  void place(Member member) {
    if (member.opens(model)) {
      open(member);
    } else {
      ready.drop(member.number(), member.weight());
      returning.note(member);
      probing.note(member);
    }
    underway.set(member.number(), member.isUnderway(model));
  }

  private void open(Member member) {
    if (supply != null && supply.isFull(member.number())) {
      supply.opens(member.number());
    } else {
      ready.add(member.number(), member.weight());
    }
  }

  void drop(Member member) {
    ready.drop(member.number(), member.weight());
    underway.drop(member.number());
  }

  /// Forgets a key that leaves for good, or its quota where that is another one now.
  void forget(Member member) {
    exceptions.clear(member.number());
    forgetQuota(member);
  }

  void forgetQuota(Member member) {
    if (supply != null) {
      supply.forget(member.number());
    }
  }

  void except(Member member, boolean excepted) {
    exceptions.set(member.number(), excepted);
  }

  /// Whether the lane differs from that for all models.
  boolean isOwn() {
    return supply != null || !exceptions.isEmpty();
  }

  /// Makes the keys forget how they stand towards this lane's model.
  void forgetExceptions() {
    exceptions.stream()
        .mapToObj(roster::at)
        .forEach(member -> {
          if (member != null) {
            member.rest(model, Rest.Ready.READY);
          }
        });
  }

  String model() {
    return model;
  }

  /// The next key whose return is due, to be woken and placed.
  @Nullable Member returning(long now) {
    return returning.due(now);
  }

  /// The number of the next ready key that takes its turn, each in turn; of the first few that
  /// don't, the best. [Ring#NONE] when none is ready.
  int next(Ask ask, int inFlight, Preference preference, long now) {
    var load = (double) inFlight / Math.max(1, ready.total());
    var drawn = ready.draw(preference.chance());
    for (var after = 0; after < ready.rings(); after++) {
      var room = preference.room(load * ready.weight(drawn, after));
      var number = walk(ready.ring(drawn, after), ask, room, preference, now);
      if (number != Ring.NONE) {
        return number;
      }
    }
    return Ring.NONE;
  }

  private int walk(Ring ring, Ask ask, double room, Preference preference, long now) {
    var best = Ring.NONE;
    var most = -1.0;
    var looks = 0;
    var small = 0;
    for (var passed = 0; passed < ring.size() && looks < LOOKS && small < SMALL; passed++) {
      var number = ring.next();
      if (roster.isAmong(ask.asked(), number)) {
        continue;
      }
      if (supply != null && !supply.hasRoom(number, ask.need(), now)) {
        small++;
        passed -= settled(number, now) ? 1 : 0;
        continue;
      }
      looks++;
      var share = preference.share(number, room, now);
      if (preference.takes(share)) {
        return number;
      }
      if (share > most) {
        best = number;
        most = share;
      }
    }
    return best;
  }

  /// A key without room for one request may have room for a smaller one; if not, it is ready no
  /// more.
  private boolean settled(int number, long now) {
    var member = roster.at(number);
    if (member == null || supply == null) {
      return false;
    }
    notice(member, now);
    return supply.isFull(number);
  }

  /// The number of a key that shall go beyond its limit, or [Ring#NONE].
  int beyond(Set<String> asked, long now) {
    return supply == null ? Ring.NONE : supply.beyond(this, asked, now);
  }

  /// The number of a resting key that may be tried early, or [Ring#NONE].
  int probe(Set<String> asked, long now) {
    var member = probing.first(asked);
    if (member == null || probeTime(member, now) > now) {
      return Ring.NONE;
    }
    nextProbe = now + PROBE_PACE;
    return member.number();
  }

  /// How long until a key is ready or may be probed, in milliseconds, or [Member#NEVER].
  long soonest(Set<String> asked, long now) {
    var back = returning.first(asked);
    var probe = probing.first(asked);
    var soonest =
        Math.min(
            back == null ? Member.NEVER : back.returnsAt(model),
            probe == null ? Member.NEVER : probeTime(probe, now));
    soonest = supply == null ? soonest : Math.min(soonest, supply.soonest(this, asked));
    return soonest == Member.NEVER ? soonest : Math.max(1, soonest - now);
  }

  /// Whether a key may come back any moment: one on trial or set aside.
  boolean awaitsDecision(Set<String> asked) {
    var left = underway.size();
    for (var id : asked) {
      var member = left == 0 ? null : roster.find(id);
      left -= member != null && underway.has(member.number()) ? 1 : 0;
    }
    return left > 0;
  }

  private long probeTime(Member member, long now) {
    return Math.max(member.probesAt(model), Math.min(nextProbe, now + PROBE_PACE));
  }
}
