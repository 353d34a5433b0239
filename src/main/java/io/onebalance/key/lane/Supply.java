package io.onebalance.key.lane;

import io.onebalance.key.quota.Beyond;
import io.onebalance.key.quota.Estimates;
import io.onebalance.key.quota.Kinship;
import io.onebalance.key.quota.Quota;
import io.onebalance.key.quota.Quotas;
import io.onebalance.key.quota.Use;
import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.quota.guess.Finding;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.turn.Ring;
import io.onebalance.key.turn.TimeHeap;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is left of the quotas of a pool's keys for one model: which keys have no room now, and when
/// they are to be looked at again. Guarded by the lock of the pool.
public final class Supply {
  /// So many keys without room are looked at for one that may go beyond its limit.
  private static final int LOOKS = 8;

  private final Roster roster;
  private final Quotas quotas;
  private final Estimates estimates = new Estimates();
  private final Beyond beyond;
  private final Kinship kinship;

  /// The keys that were found to share the limits of another.
  private final Ring found = new Ring();

  /// The keys without room for even a small request.
  private final Ring full = new Ring();

  /// When to look at each of them again. A key may stand here twice; only the sooner time counts.
  private final TimeHeap refilling = new TimeHeap();

  /// That time for each key, or [Member#NEVER].
  private long[] looks = {};

  /// What was asked before is not counted until it is answered.
  private long since;

  Supply(Roster roster, Spans spans, long now) {
    this.roster = roster;
    since = now;
    quotas = new Quotas(spans);
    beyond = new Beyond(spans);
    kinship = new Kinship(quotas);
  }

  boolean isFull(int number) {
    return full.has(number);
  }

  /// How many keys have no room.
  int fullOnes() {
    return full.size();
  }

  /// What is known of a key's limits, or null of one that was not used yet.
  @Nullable Quota of(int number) {
    return quotas.of(number);
  }

  /// What was known of a key's limits before a restart.
  void recall(int number, Learnt known, long at) {
    var quota = quotas.of(number);
    (quota == null ? made(number) : quota).recall(known, at);
  }

  /// What a request is thought to need, after what others like it needed.
  public Need likely(Need need) {
    return estimates.likely(need);
  }

  /// Whether a key has room for this.
  boolean hasRoom(int number, Need need, long now) {
    var quota = quotas.of(number);
    return quota == null || quota.hasRoom(now, need);
  }

  /// How many tokens the key has left; [Gauge#UNKNOWN] where no limit of them is known.
  long tokensLeft(int number, long now) {
    var quota = quotas.of(number);
    return quota == null ? Gauge.UNKNOWN : quota.tokensLeft(now);
  }

  /// A request takes the key. Told by its number, so that the key itself need not be fetched from
  /// memory.
  public Use take(int number, Need need, long now) {
    beyond.taken();
    kinship.taken();
    var quota = quotas.of(number);
    return quotas.use(quota == null ? made(number) : quota, need, now);
  }

  /// Another instance asked with the key, or one request did before its model was counted.
  public void hear(int number, KeyUse used, long then) {
    var quota = quotas.of(number);
    (quota == null ? made(number) : quota).hear(then, used);
  }

  /// Looks whether the key has room; tells whether that is news.
  boolean notice(int number, long now) {
    var quota = quotas.of(number);
    var room = quota == null || quota.hasRoom(now, Need.NONE);
    var news = room == full.has(number);
    full.set(number, !room);
    if (!room && quota != null) {
      look(quota.roomAt(now, Need.NONE), number); // perhaps sooner than it seemed before
    }
    return news;
  }

  /// What a key was taken for ended: it counts as it turned out.
  public void settle(Use use, Need used) {
    if (use.quota() != null && !used.equals(Need.NONE)) {
      use.quota().settle(use.at(), use.need(), used);
      estimates.learn(use.need(), used);
    }
  }

  /// The provider did not do what it was asked, and does not count it.
  public void giveBack(Use use) {
    if (use.quota() != null) {
      use.quota().giveBack(use.at(), use.need());
    }
  }

  public void served(int number, Use use, long now) {
    if (use.quota() != null) {
      use.quota().disprove(use.at());
      use.quota().served(use, now);
      if (use.beyond() && found.has(number)) {
        part(number, use.quota());
      } else if (use.beyond()) {
        beyond.served(use, now);
      }
      kinship.served(number, use.quota(), now);
    }
  }

  public Finding refused(int number, Use use, Verdict.Limited limited, long now) {
    if (use.quota() == null) {
      return Finding.UNEXPLAINED;
    }
    var finding = use.quota().refused(limited, use, now);
    beyond.refused(use, finding, now);
    if (finding != Finding.UNEXPLAINED) {
      return finding;
    }
    if (now < since + quotas.minute()) {
      return Finding.UNCOUNTED;
    }
    use.quota().sharedWithOthers(now);
    if (isOfMinute(limited) && use.quota().requests().isKnown() && !use.quota().wantsTokens()) {
      join(number, kinship.refused(number, use, now), now);
    }
    return finding;
  }

  private static boolean isOfMinute(Verdict.Limited limited) {
    return switch (limited.window()) {
      case MINUTE, UNKNOWN -> true;
      case DAY, MONTH -> false;
    };
  }

  /// Two keys were found to share their limits.
  private void join(int number, int kin, long now) {
    var own = quotas.of(number);
    var theirs = kin < 0 ? null : quotas.of(kin);
    if (own != null && theirs != null) {
      theirs.take(own, now);
      quotas.share(number, theirs);
      found.add(number);
      kinship.forget(number);
    }
  }

  /// More was served than a shared limit allows: it is not shared after all.
  private void part(int number, Quota shared) {
    quotas.make(number).take(shared);
    found.drop(number);
  }

  /// Whether the keys that are used first shall be, since limits are thought to be shared.
  boolean prefersProven(long now) {
    return kinship.isSuspected(now);
  }

  boolean isProven(int number) {
    return kinship.isProven(number);
  }

  public void tell(int number, List<Allowance> told, long now) {
    var quota = quotas.of(number);
    if (quota != null) {
      told.forEach(allowance -> quota.tell(allowance, now));
    }
  }

  /// When this key has room for that.
  public long roomAt(int number, Need need, long now) {
    var quota = quotas.of(number);
    return quota == null ? now : quota.roomAt(now, need);
  }

  /// A key that may have room again, to be placed; [Ring#NONE] when there is none to look at, one
  /// that has none after all is put off.
  int refilled(long now) {
    if (refilling.firstTime() > now) {
      return Ring.NONE;
    }
    var number = refilling.firstNumber();
    if (!looked()) {
      return number;
    }
    var quota = quotas.of(number);
    if (full.has(number) && quota != null && !quota.hasRoom(now, Need.NONE)) {
      look(Math.max(now + 1, quota.roomAt(now, Need.NONE)), number);
    } else {
      full.drop(number);
    }
    return number;
  }

  /// Takes off the soonest time; tells whether it counts.
  private boolean looked() {
    var number = refilling.firstNumber();
    var counts = refilling.firstTime() == looks[number];
    looks[number] = counts ? Member.NEVER : looks[number];
    refilling.removeFirst();
    return counts;
  }

  private void look(long time, int number) {
    if (number >= looks.length) {
      var before = looks.length;
      looks = Arrays.copyOf(looks, Math.max(number + 1, 2 * before));
      Arrays.fill(looks, before, looks.length, Member.NEVER);
    }
    if (time < looks[number]) {
      looks[number] = time;
      refilling.add(time, number);
    }
  }

  /// When the next key may have room, or [Member#NEVER]: none of these, and none that something
  /// else keeps, which is noted again when it opens.
  long soonest(Lane lane, Set<String> but) {
    var passed = new TimeHeap();
    var id = awaited(lane);
    while (refilling.size() > 0 && (id.isEmpty() || but.contains(id))) {
      if (id.isEmpty()) {
        looked();
      } else {
        passed.add(refilling.firstTime(), refilling.firstNumber());
        refilling.removeFirst();
      }
      id = awaited(lane);
    }
    var soonest = refilling.firstTime();
    for (; passed.size() > 0; passed.removeFirst()) {
      refilling.add(passed.firstTime(), passed.firstNumber());
    }
    return soonest;
  }

  /// The id of the key that is to be looked at next, empty where nobody waits for it.
  private String awaited(Lane lane) {
    var member = refilling.size() == 0 ? null : roster.at(refilling.firstNumber());
    return member != null && full.has(member.number()) && lane.isOtherwiseOpen(member)
        ? member.id()
        : "";
  }

  /// A key without room opens again: it is looked at next.
  void opens(int number) {
    look(0, number);
  }

  /// A key that shall try to go beyond its limit, to see whether that still holds, or [Ring#NONE].
  /// Only asked for where somebody waits.
  int beyond(Lane lane, Set<String> asked, long now) {
    for (var look = 0; look < Math.min(LOOKS, full.size()); look++) {
      var number = full.next();
      var member = roster.at(number);
      if (member != null && !asked.contains(member.id()) && goesBeyond(lane, member, now)) {
        return number;
      }
    }
    return Ring.NONE;
  }

  /// Whether this key shall try now.
  boolean goesBeyond(Lane lane, Member member, long now) {
    var quota = quotas.of(member.number());
    return quota != null
        && lane.isOtherwiseOpen(member)
        && (quota.mayCrowd(now) || beyond.mayTry(quota.tier(now), now));
  }

  /// Forgets a key, or what it shared.
  void forget(int number) {
    full.drop(number);
    found.drop(number);
    quotas.forget(number);
    kinship.forget(number);
  }

  /// The clock was turned to this time: nobody knows what still counts.
  void clear(long now) {
    since = now;
    quotas.clear(now);
    kinship.turned(now);
    beyond.turned(now);
  }

  /// Keys of one account share its limits.
  private Quota made(int number) {
    for (var fellow : roster.fellows(number)) {
      var shared = quotas.of(fellow.number());
      if (shared != null) {
        return quotas.share(number, shared);
      }
    }
    return quotas.make(number);
  }
}
