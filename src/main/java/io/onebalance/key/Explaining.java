package io.onebalance.key;

import io.onebalance.key.quota.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;

/// Says in words why a key was chosen and others were not. Of a large pool a few keys are named and
/// the others counted. The pool's lock guards it.
final class Explaining {
  /// So many other keys are named.
  private static final int NAMED = 20;

  private final Roster roster;
  private final HealthTable health;

  Explaining(Roster roster, HealthTable health) {
    this.roster = roster;
    this.health = health;
  }

  String why(TakenState seen, Lane lane, Instant now) {
    var words = new StringJoiner("; ");
    words.add(seen.member().id() + " " + chosen(seen, lane, now));
    words.add(lane.counts());
    var named = 0;
    var last = Math.min(roster.numbers(), NAMED + 1);
    for (var step = 1; step < last && named < NAMED; step++) {
      var other = roster.at((seen.number() + step) % roster.numbers());
      if (other != null) {
        words.add(other.id() + " " + standing(other, lane, now));
        named++;
      }
    }
    return words.toString();
  }

  private String chosen(TakenState seen, Lane lane, Instant now) {
    var how = new StringJoiner(", ");
    if (seen.use().beyond()) {
      how.add("to see whether its limit still holds");
    } else {
      how.add(seen.wasReady() ? "was ready and had its turn" : "is tried after a rest");
    }
    how.add(health.inFlight(seen.number()) + " in flight");
    limits(seen.member(), lane, now, how);
    return how.toString();
  }

  private String standing(Member other, Lane lane, Instant now) {
    var how = new StringJoiner(", ");
    how.add(state(other, lane, now));
    limits(other, lane, now, how);
    return how.toString();
  }

  private static String state(Member other, Lane lane, Instant now) {
    return switch (other.state()) {
      case State.Blocked(var reason, _) -> "is blocked (" + reason + ")";
      case State.SetAside _ -> "is set aside until it is known whose fault a refusal was";
      case State.Active _ when !lane.isOtherwiseOpen(other) -> rest(other, lane, now);
      case State.Active _ when lane.isFull(other.number()) -> "has no room left";
      case State.Active _ -> "is ready, its turn comes";
    };
  }

  private static String rest(Member other, Lane lane, Instant now) {
    var until = other.returnsAt(lane.model());
    return until == Member.NEVER
        ? "is on trial"
        : "rests for another "
            + Duration.ofMillis(Math.max(0, until - now.toEpochMilli())).toSeconds()
            + " s";
  }

  private static void limits(Member member, Lane lane, Instant now, StringJoiner into) {
    for (var limit : lane.limits(member, now)) {
      if (limit.isKnown()) {
        into.add(words(limit));
      }
    }
  }

  private static String words(Measured limit) {
    return limit.used()
        + " of "
        + limit.limit()
        + " "
        + limit.kind().word()
        + (limit.told() ? "" : " (learnt)")
        + " used in its "
        + limit.window().name().toLowerCase(Locale.ROOT);
  }
}
