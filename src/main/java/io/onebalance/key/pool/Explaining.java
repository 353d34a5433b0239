package io.onebalance.key.pool;

import io.onebalance.key.State;
import io.onebalance.key.lane.Lane;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.roster.HealthTable;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.TakenState;
import io.onebalance.key.why.How;
import io.onebalance.key.why.Keeps;
import io.onebalance.key.why.Other;
import io.onebalance.key.why.Taken;
import io.onebalance.key.why.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Notes why a key was chosen and others were not. Of a large pool a few keys are named and the
/// others counted. The pool's lock guards it.
final class Explaining {
  /// So many other keys are named.
  private static final int NAMED = 5;

  /// And so many with their limits, where somebody asked for it.
  private static final int NAMED_IN_DETAIL = 20;

  private final Roster roster;
  private final HealthTable health;

  Explaining(Roster roster, HealthTable health) {
    this.roster = roster;
    this.health = health;
  }

  Why why(TakenState seen, How how, Lane lane, boolean inDetail, Instant now) {
    var number = seen.number();
    var taken =
        new Taken(
            roster.id(number),
            how(seen, how),
            health.inFlight(number),
            lane.view().levels(number, now));
    var named = others(number, lane, inDetail, now);
    return new Why(now, seen.model(), taken, lane.view().crowd(), named);
  }

  private static How how(TakenState seen, How how) {
    if (seen.use().beyond()) {
      return How.BEYOND;
    }
    return seen.wasReady() ? how : How.TRIAL;
  }

  /// The keys whose numbers follow: they lie side by side in memory.
  private List<Other> others(int number, Lane lane, boolean inDetail, Instant now) {
    var most = Math.min(roster.numbers() - 1, inDetail ? NAMED_IN_DETAIL : NAMED);
    var others = new ArrayList<Other>(most);
    for (var step = 1; step <= most; step++) {
      var other = (number + step) % roster.numbers();
      if (!roster.id(other).isEmpty()) {
        var levels = inDetail ? lane.view().levels(other, now) : List.<Level>of();
        others.add(new Other(roster.id(other), keeps(other, lane, now), levels));
      }
    }
    return others;
  }

  /// Of a calm key nothing needs to be read.
  private Keeps keeps(int number, Lane lane, Instant now) {
    var member = roster.isCalm(number) ? null : roster.at(number);
    return member == null || lane.isOtherwiseOpen(member)
        ? lane.view().keeps(number, now)
        : keeps(member, lane, now);
  }

  private static Keeps keeps(Member other, Lane lane, Instant now) {
    return switch (other.state()) {
      case State.Blocked(var reason, _) -> new Keeps.Block(reason);
      case State.SetAside _ -> Keeps.Doubt.DOUBT;
      case State.Active _ -> {
        var until = other.returnsAt(lane.model());
        yield until == Member.NEVER
            ? Keeps.Trial.TRIAL
            : new Keeps.Rest(until - now.toEpochMilli());
      }
    };
  }
}
