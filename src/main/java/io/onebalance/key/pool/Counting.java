package io.onebalance.key.pool;

import io.onebalance.key.lane.Lane;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.quota.guess.Finding;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.TakenState;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import java.time.Instant;
import java.util.List;

/// What requests use of their keys' quotas, as it becomes known. Guarded by the lock of the pool.
final class Counting {
  /// A rest that is told is as long as the one we know of if it is no longer than so much more.
  private static final long NEARLY = 2000;

  private final Roster roster;
  private final Lanes lanes;

  Counting(Roster roster, Lanes lanes) {
    this.roster = roster;
    this.lanes = lanes;
  }

  /// Fields of an answer said this of what is left.
  void told(TakenState seen, List<Allowance> told, Instant at) {
    if (told.isEmpty()) {
      return;
    }
    seen.member().say(seen.model(), told, at);
    var supply = lanes.of(seen.model()).supply();
    if (supply != null) {
      supply.tell(seen.number(), told, at.toEpochMilli());
      lanes.of(seen.model()).notice(seen.number(), at.toEpochMilli());
    }
  }

  /// The request used so many tokens.
  void used(TakenState seen, Need used, Instant now) {
    var lane = lanes.of(seen.model());
    if (lane.supply() != null && seen.use().quota() != null && !used.equals(Need.NONE)) {
      lane.supply().settle(seen.use(), used);
      lanes.untold().settled(seen.member().id(), seen.model(), seen.use().need(), used);
      notice(lane, seen, now);
    }
  }

  /// The request runs no more: where too many did, there is room now.
  void ended(TakenState seen, Instant now) {
    var quota = seen.use().quota();
    if (quota != null) {
      quota.end();
      var lane = lanes.of(seen.model());
      if (lane.isFull(seen.number())) {
        notice(lane, seen, now);
      }
    }
  }

  private void notice(Lane lane, TakenState seen, Instant now) {
    if (roster.holds(seen.member(), seen.number())) {
      lane.notice(seen.number(), now.toEpochMilli());
    }
  }

  /// What was reserved is free again: the provider does not count what it refused.
  void giveBack(TakenState seen, Instant now) {
    var lane = lanes.of(seen.model());
    if (lane.supply() != null && seen.use().quota() != null) {
      lane.supply().giveBack(seen.use());
      lanes.untold().givenBack(seen.member().id(), seen.model(), seen.use().need());
      notice(lane, seen, now);
    }
  }

  /// A model that serves is counted from its first answer on. What was `asked` before that counts
  /// as soon as it is answered.
  void served(TakenState seen, Instant asked, Instant now) {
    if (lanes.of(seen.model()).supply() == null) {
      lanes.count(seen.model(), now);
    }
    var lane = lanes.of(seen.model());
    var supply = lane.supply();
    if (supply == null) {
      return;
    }
    if (seen.use().quota() == null) {
      supply.hear(seen.number(), uncounted(seen), asked.toEpochMilli());
    } else {
      supply.served(seen.number(), seen.use(), now.toEpochMilli());
      lane.prove(seen.number());
    }
    notice(lane, seen, now);
  }

  private KeyUse uncounted(TakenState seen) {
    lanes.untold().taken(seen.member().id(), seen.model(), Need.NONE);
    return new KeyUse(seen.member().id(), seen.model(), 1, 0, 0);
  }

  /// Whether the key's gauge knows as well as the provider when the key has room again: then it
  /// needs no rest, and no trial after it.
  boolean covers(TakenState seen, Verdict.Limited limited, Instant now) {
    var lane = lanes.of(seen.model());
    var supply = lane.supply();
    if (supply == null) {
      return false;
    }
    var time = now.toEpochMilli();
    var finding = supply.refused(seen.number(), seen.use(), limited, time);
    notice(lane, seen, now);
    if (finding == Finding.CROWDED) {
      return true;
    }
    if (finding == Finding.UNEXPLAINED
        || finding == Finding.UNCOUNTED
        || CooldownRules.isShared(limited)) {
      return false;
    }
    var known = supply.roomAt(seen.number(), seen.use().need(), time) - time + NEARLY;
    return limited.rest().isEmpty() || limited.rest().get().toMillis() <= known;
  }
}
