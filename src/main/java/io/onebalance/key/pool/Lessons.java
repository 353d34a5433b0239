package io.onebalance.key.pool;

import io.onebalance.key.Cooling;
import io.onebalance.key.Outcome;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.roster.Glance;
import io.onebalance.key.roster.HealthTable;
import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.News;
import io.onebalance.key.roster.Rest;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.roster.TakenState;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What each verdict teaches about a key and those that share its account. Each lesson returns the
/// keys whose standing changed. Guarded by the lock of the pool.
final class Lessons {
  /// One answer moves the usual latency of the pool by this part of the difference.
  private static final double USUAL_WEIGHT = 0.02;

  private final Roster roster;
  private final Lanes lanes;
  private final Counting counting;
  private final CooldownRules rules;
  private final HealthTable health;

  /// What time brought about and nobody was told of yet.
  private final List<News> noticed = new ArrayList<>(0);

  private double usualLatency;

  Lessons(Roster roster, Lanes lanes, CooldownRules rules, HealthTable health) {
    this.roster = roster;
    this.lanes = lanes;
    this.counting = new Counting(roster, lanes);
    this.rules = rules;
    this.health = health;
  }

  /// What is counted of requests.
  Counting counting() {
    return counting;
  }

  List<Member> learn(TakenState seen, Outcome outcome, Instant now) {
    if (!roster.holds(seen.member(), seen.number())) {
      return List.of();
    }
    return switch (outcome) {
      case Outcome.Abandoned() -> {
        lanes.of(seen.model()).brownout().nothing(seen);
        yield nothing(seen, now);
      }
      case Outcome.Unasked() -> {
        lanes.of(seen.model()).brownout().nothing(seen);
        counting.giveBack(seen, now);
        yield nothing(seen, now);
      }
      case Outcome.Judged(var verdict, var latency) -> judged(seen, verdict, latency, now);
    };
  }

  private List<Member> judged(TakenState seen, Verdict verdict, Duration latency, Instant now) {
    lanes.of(seen.model()).brownout().heard(seen, verdict, roster.usable() < 2, now.toEpochMilli());
    switch (verdict) {
      case Verdict.Overloaded _,
          Verdict.Dead _,
          Verdict.NoAccess _,
          Verdict.Unpermitted _,
          Verdict.Limited _,
          Verdict.Exhausted _,
          Verdict.Astray _ ->
          counting.giveBack(seen, now);
      case Verdict.Served _, Verdict.Mistaken _, Verdict.Faulted _, Verdict.Doubted _ -> {
        // the provider may well have counted it
      }
    }
    return switch (verdict) {
      case Verdict.Served() -> served(seen, latency, now);
      case Verdict.Mistaken _,
          Verdict.Unpermitted _,
          Verdict.Astray _,
          Verdict.Faulted _,
          Verdict.Overloaded _ ->
          nothing(seen, now);
      case Verdict.Dead(var reason) -> dead(seen, reason, now);
      case Verdict.Doubted _ -> doubted(seen, now);
      case Verdict.NoAccess(var why, var rest) -> noAccess(seen, why, rest, now);
      case Verdict.Limited limited -> limited(seen, limited, now);
      case Verdict.Exhausted(var reason, var rest) -> exhausted(seen, reason, rest, now);
    };
  }

  /// The request was to blame, so nothing is counted against the key: else whoever sends a poison
  /// request often enough would bench keys (F27).
  List<Member> acquit(Member member) {
    if (!member.isSetAside()) {
      return List.of();
    }
    member.state(State.ACTIVE);
    lanes.place(member);
    return List.of(member);
  }

  List<Member> block(Member member, String reason, Instant now) {
    member.state(new State.Blocked(reason, now));
    lanes.place(member);
    return List.of(member);
  }

  List<Member> activate(Member member) {
    member.state(State.ACTIVE);
    member.whole(Rest.Ready.READY);
    health.forgive(member.number());
    lanes.place(member);
    return List.of(member);
  }

  List<Member> reset(Member member) {
    var models = member.rests().keySet();
    member.each(_ -> Rest.Ready.READY);
    lanes.place(member);
    models.forEach(model -> lanes.place(member, model));
    return List.of(member);
  }

  /// Somebody else knows how the key stands.
  void adopt(Member member, Standing told, Instant now) {
    var models = new HashSet<>(member.rests().keySet());
    models.addAll(told.coolings().keySet());
    models.remove(Cooling.WHOLE_KEY);
    member.adopt(told, now);
    lanes.place(member);
    models.forEach(model -> lanes.place(member, model));
  }

  /// Time has come for this key in the lane of this model.
  void wake(Member member, String model, Instant now) {
    var before = Glance.of(member);
    var changed = member.isForgottenAside(now) ? acquit(member) : List.<Member>of();
    lanes.follow(
        member,
        model,
        () -> {
          member.whole(member.whole().at(now));
          member.rest(model, member.rest(model).at(now));
        });
    var news = News.of(member, before, changed);
    if (!news.changes().isEmpty()) {
      noticed.add(news);
    }
  }

  /// What time brought about since it was last asked for.
  List<News> noticed() {
    if (noticed.isEmpty()) {
      return List.of();
    }
    var all = List.copyOf(noticed);
    noticed.clear();
    return all;
  }

  /// Gives back what the request tried, and learns nothing of it.
  private List<Member> nothing(TakenState seen, Instant now) {
    change(seen, rest -> rest.released(now));
    return List.of();
  }

  /// An answer also clears a doubt: the key works.
  private List<Member> served(TakenState seen, Duration latency, Instant now) {
    var member = seen.member();
    double nanos = latency.toNanos();
    usualLatency += (usualLatency == 0 ? 1 : USUAL_WEIGHT) * (nanos - usualLatency);
    health.served(seen.number(), nanos, usualLatency, now);
    if (!roster.isCalm(seen.number()) && member.isSetAside()) {
      member.state(State.ACTIVE);
      lanes.place(member);
    }
    var tried = member.whole();
    var isPaid = tried instanceof Rest.Trial && seen.wholeUnchanged() && !roster.isBenched(member);
    change(seen, _ -> Rest.Ready.READY);
    counting.served(seen, now.minus(latency), now);
    return isPaid ? paid(member, tried) : List.of(member);
  }

  private List<Member> dead(TakenState seen, String reason, Instant now) {
    nothing(seen, now);
    return seen.member().isBlocked() ? List.of() : block(seen.member(), reason, now);
  }

  private List<Member> doubted(TakenState seen, Instant now) {
    nothing(seen, now);
    var member = seen.member();
    if (member.isBlocked() || (member.isSetAside() && !member.isForgottenAside(now))) {
      return List.of();
    }
    member.setAside(now);
    lanes.place(member);
    return List.of(member);
  }

  /// Another key was permitted what this one was not: it rests for the model. It may be tried
  /// early, since the permission may be one for an endpoint among several.
  List<Member> lacks(Member member, String model, String why, Instant now) {
    if (model.isEmpty()) {
      return List.of();
    }
    var told = rules.cooling(Resets.WITHOUT_ACCESS, why, 0, now);
    lanes.follow(
        member, model, () -> member.rest(model, member.rest(model).rests(told, true, now)));
    return List.of(member);
  }

  /// What a request without a model may not do says nothing of the others that name none: they ask
  /// for something else.
  private List<Member> noAccess(TakenState seen, String why, Duration rest, Instant now) {
    if (seen.model().isEmpty()) {
      return nothing(seen, now);
    }
    var news = seen.restUnchanged();
    var told = rules.cooling(rest, why, 0, now);
    tryModel(seen, told, false, now);
    if (news) {
      fail(seen.member(), now);
    }
    return List.of(seen.member());
  }

  /// A limit met by a request that was sent before the running rest began counts no strike, and
  /// where it tells no time the running rest knows better.
  private List<Member> limited(TakenState seen, Verdict.Limited limited, Instant now) {
    var member = seen.member();
    var before = member.rest(seen.model());
    var news = seen.restUnchanged();
    if (counting.covers(seen, limited, now)
        || (!news && limited.rest().isEmpty() && !before.opens())) {
      return nothing(seen, now);
    }
    var told = rules.after(limited, strikes(before, limited, news), now);
    tryModel(seen, told, true, now);
    if (!news || !CooldownRules.isShared(limited)) {
      return List.of(member);
    }
    return fellows(member, seen.model(), rest -> rest.rests(told, true, now));
  }

  /// Only limits that tell no time make a row, and only those that begin a rest of their own.
  private static int strikes(Rest before, Verdict.Limited limited, boolean news) {
    if (!news) {
      return before.strikes();
    }
    return CooldownRules.isUntold(limited) ? before.strikes() + 1 : 0;
  }

  private List<Member> exhausted(TakenState seen, String reason, Duration rest, Instant now) {
    var member = seen.member();
    var news = seen.wholeUnchanged();
    var told = rules.cooling(rest, reason, 0, now);
    var isKnown = member.whole() instanceof Rest.Trial(_, var early) && early;
    lanes.follow(
        member,
        seen.model(),
        () -> {
          if (seen.restUnchanged()) {
            member.rest(seen.model(), member.rest(seen.model()).released(now));
          }
          member.whole(member.whole().rests(told, true, now));
          member.unpaid(seen.model());
        });
    if (!news) {
      return List.of(member);
    }
    if (!isKnown) {
      fail(member, now);
    }
    return fellows(member, Cooling.WHOLE_KEY, whole -> whole.rests(told, false, now));
  }

  /// The account of a key that was tried though nobody paid has credit again: those that rested for
  /// the same reason are back with it.
  private List<Member> paid(Member member, Rest tried) {
    var reason = tried.cooling().reason();
    return fellows(
        member,
        Cooling.WHOLE_KEY,
        whole -> whole.cooling().reason().equals(reason) ? Rest.Ready.READY : whole);
  }

  /// Lets those that share the account rest too, for a model or as a whole. One on trial brings its
  /// own news.
  private List<Member> fellows(Member member, String model, UnaryOperator<Rest> resting) {
    var changed = new ArrayList<>(Set.of(member));
    for (var fellow : roster.fellows(member)) {
      if (fellow != member) {
        lanes.follow(fellow, model, () -> rest(fellow, model, resting));
        changed.add(fellow);
      }
    }
    return changed;
  }

  private static void rest(Member fellow, String model, UnaryOperator<Rest> resting) {
    UnaryOperator<Rest> unlessOnTrial =
        rest -> rest instanceof Rest.Trial ? rest : resting.apply(rest);
    if (model.equals(Cooling.WHOLE_KEY)) {
      fellow.whole(unlessOnTrial.apply(fellow.whole()));
    } else {
      fellow.rest(model, unlessOnTrial.apply(fellow.rest(model)));
    }
  }

  /// The model rests; a trial of the whole key is given back as it was.
  private void tryModel(TakenState seen, Cooling told, boolean doubtful, Instant now) {
    var member = seen.member();
    lanes.follow(
        member,
        seen.model(),
        () -> {
          if (seen.wholeUnchanged()) {
            member.whole(member.whole().released(now));
          }
          member.rest(seen.model(), member.rest(seen.model()).rests(told, doubtful, now));
        });
  }

  /// Changes the rests as the request saw them; those begun by others since stay.
  private void change(TakenState seen, UnaryOperator<Rest> change) {
    if (seen.wasReady()) {
      return;
    }
    var member = seen.member();
    lanes.follow(
        member,
        seen.model(),
        () -> {
          if (seen.wholeUnchanged()) {
            member.whole(change.apply(member.whole()));
          }
          if (seen.restUnchanged()) {
            member.rest(seen.model(), change.apply(member.rest(seen.model())));
          }
        });
  }

  /// Counts a failure of the key's own making; too many in a row bench it.
  private void fail(Member member, Instant now) {
    health.failed(member.number(), now);
    var failures = health.failures(member.number());
    if (rules.benches(failures) && roster.mayBench(member)) {
      roster.bench(member);
      var why = failures + " failures in a row of the key's own making";
      var bench = rules.cooling(CooldownRules.BENCH, why, 0, now);
      member.whole(member.whole().rests(bench, false, now));
      lanes.place(member);
    }
  }
}
