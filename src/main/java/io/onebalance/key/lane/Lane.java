package io.onebalance.key.lane;

import io.onebalance.key.Ask;
import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Rest;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.turn.Ring;
import io.onebalance.key.turn.WeightedRings;
import io.onebalance.key.why.How;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of a pool as one model finds them: who is ready, who returns when, who may be probed.
/// An index over the members, never the truth about them. Guarded by the lock of the pool.
public final class Lane {
  /// After so many keys that didn't take their turn, the best of them must.
  private static final int LOOKS = 8;

  /// So many keys without room for a large request are passed over before it has to wait.
  private static final int SMALL = 64;

  /// After so many milliseconds the next ones are looked at.
  private static final long NEXT_LOOK = 64;

  /// So many keys are near to a conversation.
  private static final int NEAR = 2;

  private static final long MIXING = 0x9E3779B97F4A7C15L;

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
  private final Brownout brownout;
  private final LaneView view;

  /// Of the ready keys those that are used first while limits are thought to be shared.
  private final Ring proven = new Ring();

  private @Nullable Supply supply;
  private long nextProbe;

  /// When one of the keys has room that were passed over at the last choice.
  private long roomAt = Member.NEVER;

  private How how = How.TURN;

  Lane(String model, Roster roster) {
    this.model = model;
    this.roster = roster;
    brownout = new Brownout();
    ready = new WeightedRings();
    underway = new Ring();
    returning = new Awaited(roster, member -> member.returnsAt(model));
    probing = new Awaited(roster, member -> member.probesAt(model));
    view = new LaneView(this, roster, ready);
  }

  private Lane(String model, Lane base) {
    this.model = model;
    roster = base.roster;
    brownout = base.brownout.copy();
    ready = base.ready.copy();
    underway = base.underway.copy();
    returning = base.returning.copy(member -> member.returnsAt(model));
    probing = base.probing.copy(member -> member.probesAt(model));
    view = new LaneView(this, roster, ready);
  }

  /// A lane for a model, as long as no key stands otherwise towards it than towards all.
  Lane copyFor(String other) {
    return new Lane(other, this);
  }

  /// Begins to count what is used of the keys' quotas.
  void count(Spans spans, long now) {
    supply = new Supply(roster, spans, now);
  }

  /// The clock was turned to this time.
  void turned(long now) {
    brownout.turned(now);
    if (supply != null) {
      supply.clear(now);
    }
  }

  public Brownout brownout() {
    return brownout;
  }

  /// This key served: it may be one of those that are used first.
  public void prove(int number) {
    proven.set(number, isReady(number) && supply != null && supply.isProven(number));
  }

  /// What is left of the keys' quotas, once that is counted.
  public @Nullable Supply supply() {
    return supply;
  }

  /// Whether nothing but its quota keeps a key.
  public boolean isOtherwiseOpen(Member member) {
    return member.opens(model);
  }

  public boolean isFull(int number) {
    return supply != null && supply.isFull(number);
  }

  /// What people are told of it.
  public LaneView view() {
    return view;
  }

  /// How the last key came to be chosen.
  public How how() {
    return how;
  }

  /// Looks whether the key with this number has room, and puts it where it belongs.
  public void notice(int number, long now) {
    if (supply == null || !supply.notice(number, now)) {
      return;
    }
    var member = roster.at(number);
    if (member != null && supply.isFull(number)) {
      unready(member);
    } else if (member != null) {
      place(member);
    }
  }

  /// A key that may have room again is put where it belongs; false when there is none to look at.
  public boolean refill(long now) {
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
      unready(member);
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
      prove(member.number());
    }
  }

  private void unready(Member member) {
    ready.drop(member.number(), member.weight());
    proven.drop(member.number());
  }

  private boolean isReady(int number) {
    var member = roster.at(number);
    return member != null && ready.has(number, member.weight());
  }

  void drop(Member member) {
    unready(member);
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

  public String model() {
    return model;
  }

  /// The next key whose return is due, to be woken and placed.
  public @Nullable Member returning(long now) {
    return returning.due(now);
  }

  /// The number of the next ready key that takes its turn, each in turn; of the first few that
  /// don't, the best. [Ring#NONE] when none is ready.
  public int next(Ask ask, int inFlight, Preference preference, long now) {
    var within = roster.within(ask.scope());
    roomAt = Member.NEVER;
    var tried = provenNext(ask, within, preference, now);
    if (tried != Ring.NONE) {
      how = How.PROVEN;
      return tried;
    }
    var load = (double) inFlight / Math.max(1, ready.total());
    var near = within == null ? near(ask, load, preference, now) : Ring.NONE;
    if (near != Ring.NONE) {
      how = How.CONVERSATION;
      return near;
    }
    var drawn = ready.draw(preference.chance());
    for (var after = 0; after < ready.rings(); after++) {
      var room = preference.room(load * ready.weight(drawn, after));
      var number = walk(ready.ring(drawn, after), within, ask, room, preference, now);
      if (number != Ring.NONE) {
        return number;
      }
    }
    return Ring.NONE;
  }

  /// The key that a conversation belongs to, as long as it has room and is not crowded. A few keys
  /// follow from the conversation alone, so that nothing has to be remembered.
  private int near(Ask ask, double load, Preference preference, long now) {
    var hash = ask.affinity();
    for (var place = 0; hash != 0 && place < NEAR && roster.numbers() > 0; place++) {
      hash = hash * MIXING + 1;
      var number = (int) Math.floorMod(hash >>> 17, (long) roster.numbers());
      if (isReady(number)
          && !roster.isAmong(ask.asked(), number)
          && preference.isFree(number, preference.room(load))
          && preference.takes(preference.share(number, Double.MAX_VALUE, now))
          && (supply == null || supply.hasRoom(number, ask.need(), now))) {
        return number;
      }
    }
    return Ring.NONE;
  }

  private int provenNext(Ask ask, @Nullable Ring within, Preference preference, long now) {
    return supply != null && proven.size() > 0 && supply.prefersProven(now)
        ? walk(proven, within, ask, Double.MAX_VALUE, preference, now)
        : Ring.NONE;
  }

  private int walk(
      Ring ring, @Nullable Ring within, Ask ask, double room, Preference preference, long now) {
    var best = Ring.NONE;
    var most = -1.0;
    var looks = 0;
    var small = 0;
    var size = within == null ? ring.size() : within.size();
    for (var passed = 0; passed < size && looks < LOOKS && small < SMALL; passed++) {
      var number = within == null ? ring.next() : within.next(ring);
      if (number == Ring.NONE) {
        return best;
      }
      if (roster.isAmong(ask.asked(), number)) {
        continue;
      }
      if (supply != null && !supply.hasRoom(number, ask.need(), now)) {
        small++;
        roomAt = Math.min(roomAt, supply.roomAt(number, ask.need(), now));
        notice(number, now); // it may have room for a smaller one; if not, it is ready no more
        continue;
      }
      looks++;
      var share = preference.share(number, room, now);
      var taken = preference.takes(share);
      var left = supply == null ? Gauge.UNKNOWN : supply.tokensLeft(number, now);
      if (taken && left == Gauge.UNKNOWN) {
        how = How.TURN;
        return number;
      }
      share = taken ? tightness(left) : share;
      if (share > most) {
        how = taken ? How.FIT : How.TURN;
        best = number;
        most = share;
      }
    }
    roomAt = small == SMALL ? Math.min(roomAt, now + NEXT_LOOK) : roomAt;
    return best;
  }

  /// Of keys whose tokens are limited that one is best which has the least left that is enough:
  /// then others have much left for what needs much.
  private static double tightness(long left) {
    return 1 + 1.0 / (1 + Math.max(0, left));
  }

  /// The number of a key that shall go beyond its limit, or [Ring#NONE].
  public int beyond(Set<String> asked, long now) {
    return supply == null ? Ring.NONE : supply.beyond(this, asked, now);
  }

  /// The number of a resting key that may be tried early, or [Ring#NONE].
  public int probe(Set<String> asked, long now) {
    var member = probing.first(asked);
    if (member == null || probeTime(member, now) > now) {
      return Ring.NONE;
    }
    probed(now);
    return member.number();
  }

  /// The keys of the resource that is asked for, where it is not for any.
  public @Nullable Within within(Ask ask) {
    var numbers = roster.within(ask.scope());
    return numbers == null ? null : new Within(this, roster, numbers, ask.asked());
  }

  /// This key is tried though it rests.
  void probed(long now) {
    nextProbe = now + PROBE_PACE;
  }

  boolean isUnderway(int number) {
    return underway.has(number);
  }

  /// How long until a key is ready or may be probed, in milliseconds, or [Member#NEVER].
  public long soonest(Set<String> asked, long now) {
    var back = returning.first(asked);
    var probe = probing.first(asked);
    var soonest =
        Math.min(
            back == null ? Member.NEVER : back.returnsAt(model),
            probe == null ? Member.NEVER : probeTime(probe, now));
    soonest = supply == null ? soonest : Math.min(soonest, supply.soonest(this, asked));
    return soonest == Member.NEVER ? soonest : Math.max(1, soonest - now);
  }

  /// How long until one of the ready keys that were just passed over has room for what needs more
  /// than they have now, in milliseconds, or [Member#NEVER].
  public long roomFor(long now) {
    return roomAt == Member.NEVER ? roomAt : Math.max(1, roomAt - now);
  }

  /// Whether a key may come back any moment: one on trial or set aside.
  public boolean awaitsDecision(Set<String> asked) {
    var left = underway.size();
    for (var id : asked) {
      var member = left == 0 ? null : roster.find(id);
      left -= member != null && underway.has(member.number()) ? 1 : 0;
    }
    return left > 0;
  }

  long probeTime(Member member, long now) {
    return Math.max(member.probesAt(model), Math.min(nextProbe, now + PROBE_PACE));
  }
}
