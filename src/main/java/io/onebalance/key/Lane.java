package io.onebalance.key;

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

  /// Puts a key where it belongs now.
  void place(Member member) {
    if (member.opens(model)) {
      ready.add(member.number(), member.weight());
    } else {
      ready.drop(member.number(), member.weight());
      returning.note(member);
      probing.note(member);
    }
    underway.set(member.number(), member.isUnderway(model));
  }

  void drop(Member member) {
    ready.drop(member.number(), member.weight());
    underway.drop(member.number());
  }

  void except(Member member, boolean excepted) {
    exceptions.set(member.number(), excepted);
  }

  boolean hasExceptions() {
    return !exceptions.isEmpty();
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
  int next(Set<String> asked, int inFlight, Preference preference, long now) {
    var load = (double) inFlight / Math.max(1, ready.total());
    var drawn = ready.draw(preference.chance());
    for (var after = 0; after < ready.rings(); after++) {
      var room = preference.room(load * ready.weight(drawn, after));
      var number = walk(ready.ring(drawn, after), asked, room, preference, now);
      if (number != Ring.NONE) {
        return number;
      }
    }
    return Ring.NONE;
  }

  private int walk(Ring ring, Set<String> asked, double room, Preference preference, long now) {
    var best = Ring.NONE;
    var most = -1.0;
    var looks = 0;
    for (var passed = 0; passed < ring.size() && looks < LOOKS; passed++) {
      var number = ring.next();
      if (roster.isAmong(asked, number)) {
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
