package io.onebalance.relay.ask;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.again.Again;
import io.onebalance.relay.ask.once.Asking;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.ask.trail.Ways;
import io.onebalance.relay.ask.want.Scoped;
import io.onebalance.relay.ask.want.Wanted;
import io.onebalance.relay.exchange.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;

/// One errand on its way. Each step says what comes next and is over before that begins, also where
/// it had its answer at once: a pool of any size may be full of dead keys.
///
/// Not thread-safe: it belongs to one event loop.
final class Run implements Racing {
  private final Means means;
  private final Journey journey;
  private final Pool pool;
  private final Scoped scope;
  private final Ask ask;
  private final Ways ways;
  private final Ways.Way way;
  private final Promise<Asked> done = Promise.promise();
  private boolean stepping;
  private boolean mayStep;

  /// What all errands of an event loop are run with.
  record Means(
      Asking asking,
      Again again,
      GatewayRoad road,
      InLine line,
      Rests rests,
      InstantSource clock) {}

  Run(Means means, Journey journey, Pool pool, Optional<Ways> shared) {
    this.means = means;
    this.journey = journey;
    this.pool = pool;
    this.scope = Scoped.of(journey.errand(), pool);
    this.ask = Wanted.of(journey);
    this.ways = shared.orElseGet(() -> new Ways(pool, ask.model(), journey.draft().id()));
    this.way = ways.begin();
  }

  /// What is shared with another way that asks the same keys for the same model.
  Optional<Ways> shared(Journey other) {
    return other.errand().provider().slug().equals(provider())
            && other.errand().model().equals(journey.errand().model())
        ? Optional.of(ways)
        : Optional.empty();
  }

  @Override
  public Future<Asked> done() {
    return done.future();
  }

  @Override
  public int attempts() {
    return trail().attempts() + (way.key().isEmpty() ? 0 : 1);
  }

  private Trail trail() {
    return way.trail();
  }

  void next() {
    mayStep = true;
    if (stepping) {
      return;
    }
    stepping = true;
    while (mayStep) {
      mayStep = false;
      guarded(this::step);
    }
    stepping = false;
  }

  private void step() {
    var now = means.clock().instant();
    if (journey.client().isOver()) {
      end(new Ending.Abandoned());
    } else if (journey.left(now).isPositive()) {
      var resting = journey.gateway().flatMap(way -> means.road().resting(way, now));
      if (resting.isPresent()) {
        follow(resting.get(), now);
      } else {
        choose(now);
      }
    } else {
      refuse(Refusal.timeout("No key answered in time: " + trail().story()));
    }
  }

  /// While the road rests no key is asked: none is to blame, and none would do better.
  private void follow(GatewayRoad.Resting resting, Instant now) {
    var rest = resting.left();
    if (rest.compareTo(patienceLeft(now)) <= 0) {
      wait(rest);
    } else {
      refuse(Refusal.resting(resting.why(), rest));
    }
  }

  private void follow(Choice choice, Instant now) {
    switch (choice) {
      case Choice.Chosen(var slot) -> {
        slot.why().ifPresent(journey.draft()::because);
        attempt(slot, now);
      }
      case Choice.Wait(var rest) when rest.compareTo(patienceLeft(now)) <= 0 -> wait(rest);
      case Choice.Wait(var rest) -> refuse(later(rest, now));
      case Choice.None(var why) ->
          trail()
              .last()
              .ifPresentOrElse(
                  last -> end(Failure.of(last, trail())),
                  () -> refuse(Refusal.noKeys(provider(), why)));
    }
  }

  /// After a failure that was not the key's own, the same key is asked again if it is still free,
  /// past those who wait: it was this request's turn before. Where the host is the key's own, one
  /// that has another comes first.
  private void choose(Instant now) {
    var errand = journey.errand();
    var again = trail().again().filter(id -> !way.barred().contains(id));
    if (errand.only().isPresent()) {
      queue(ask.only(errand.only().get()), now);
    } else if (again.isPresent() && elsewhere(again.get(), now) instanceof Choice.Chosen other) {
      follow(other, now);
    } else if (again.isPresent()
        && pool.chooseOnly(again.get(), ask, now) instanceof Choice.Chosen same) {
      follow(same, now);
    } else {
      var fit = scope.ask(pool, ask.without(way.barred()));
      if (fit.isPresent()) {
        queue(fit.get(), now);
      } else {
        follow(new Choice.None(scope.missing()), now);
      }
    }
  }

  /// Where keys have hosts of their own, another host than the one that failed.
  private Choice elsewhere(String failed, Instant now) {
    var faulty = trail().faulty();
    var errand = journey.errand();
    if (!faulty.contains(failed) || !errand.provider().hostHangsOnKey(errand.message().path())) {
      return new Choice.None("it is not the host of one key that failed");
    }
    var failing = new HashSet<>(way.barred());
    faulty.forEach(key -> failing.addAll(pool.neighbours(key)));
    return scope
        .ask(pool, ask.without(failing))
        .map(fit -> pool.choose(fit, now))
        .orElseGet(() -> new Choice.None(scope.missing()));
  }

  /// Waits for its turn where no key has room now.
  private void queue(Ask fit, Instant now) {
    var then =
        new InLine.Then(
            choice -> turn(choice, now),
            choice ->
                guarded(() -> {
                  var later = means.clock().instant();
                  way.goesOn(new Trail.Step.Rested(Duration.between(now, later)));
                  turn(choice, later);
                }),
            () -> end(new Ending.Abandoned()));
    means.line().ask(journey, pool, fit, patienceLeft(now), then);
  }

  /// Which is nobody's fault but the provider's where it fails with every key.
  private Refusal later(Duration rest, Instant now) {
    return pool.isFailing(ask.model(), now)
        ? Refusal.failing(provider(), rest)
        : Refusal.cooling(provider(), rest);
  }

  /// The line has waited as long as may be.
  private void turn(Choice choice, Instant now) {
    if (choice instanceof Choice.Wait(var rest)) {
      refuse(later(rest, now));
    } else {
      follow(choice, now);
    }
  }

  private void attempt(Slot slot, Instant now) {
    slot.serves(journey.draft().id());
    way.asks(slot.key().id());
    means
        .asking()
        .ask(journey, slot, journey.perAttempt(now), now)
        .onComplete(
            attempt ->
                guarded(() -> {
                  Noting.note(journey, slot, attempt, now);
                  way.asks("");
                  decide(attempt);
                }),
            this::fail);
  }

  private void decide(Attempt attempt) {
    switch (attempt) {
      case Ending ending -> {
        if (hasPassed(ending)) {
          journey.gateway().ifPresent(means.road()::passed);
        }
        end(ending);
      }
      case Attempt.Unheard(var key, var why) -> unheard(new Trail.Step.Unheard(key, why));
      case Attempt.Refused refused -> {
        var heard = heard(refused);
        way.goesOn(new Trail.Step.Asked(heard));
        refused(heard.verdict() instanceof Verdict.Astray how ? astray(heard, how) : heard);
      }
    }
  }

  /// A request that names no model can't be refused one: what the key may not is this request.
  private Attempt.Refused heard(Attempt.Refused refused) {
    return ask.model().isEmpty() && refused.verdict() instanceof Verdict.NoAccess(var why, _)
        ? new Attempt.Refused(refused.key(), new Verdict.Unpermitted(why), refused.trouble())
        : refused;
  }

  /// Whether somebody at the end of the road has answered.
  private static boolean hasPassed(Ending ending) {
    return switch (ending) {
      case Ending.Opened _, Ending.Theirs _, Ending.Failed _ -> true;
      case Ending.Abandoned _, Ending.Exhausted _ -> false;
    };
  }

  /// Tells the road, and says with its own rest how long it is to be left alone: it grows where it
  /// is refused again and again.
  private Attempt.Refused astray(Attempt.Refused refused, Verdict.Astray how) {
    var now = means.clock().instant();
    journey.gateway().ifPresent(way -> means.road().stopped(way, how, now));
    var rest =
        how.rest()
            .flatMap(_ -> journey.gateway())
            .flatMap(way -> means.road().resting(way, now))
            .map(GatewayRoad.Resting::left);
    return rest.isEmpty()
        ? refused
        : new Attempt.Refused(
            refused.key(), new Verdict.Astray(how.why(), rest), refused.trouble());
  }

  private void unheard(Trail.Step.Unheard step) {
    var again = trail().unheard() == 0 && journey.errand().message().isReplayable();
    way.goesOn(step);
    if (again) {
      next();
    } else {
      refuse(Refusal.failed("The provider did not take the request: " + trail().story()));
    }
  }

  private void refused(Attempt.Refused refused) {
    switch (means.again().after(refused, journey, trail(), ways)) {
      case Again.Next.Nobody() -> end(Failure.of(refused, trail()));
      case Again.Next.AtOnce() -> next();
      case Again.Next.After(var rest) -> rest(rest, this::next);
    }
  }

  /// Rests for as long as a key, or the road, needs; the request waits for no longer than it may.
  private void wait(Duration rest) {
    rest(
        rest,
        () -> {
          way.goesOn(new Trail.Step.Rested(rest));
          next();
        });
  }

  /// Rests, unless the client leaves meanwhile, and goes on with this.
  private void rest(Duration rest, Runnable then) {
    means.rests().rest(rest, journey.client(), then, () -> end(new Ending.Abandoned()));
  }

  /// What of the request's waiting time is left, and never more than its whole time.
  private Duration patienceLeft(Instant now) {
    var waiting = journey.patience().waiting().minus(trail().waited());
    var left = journey.left(now);
    return waiting.compareTo(left) < 0 ? waiting : left;
  }

  private void refuse(Refusal refusal) {
    end(new Ending.Exhausted(refusal));
  }

  private void end(Ending ending) {
    way.ends(ending instanceof Ending.Opened, means.clock().instant());
    done.tryComplete(new Asked(journey.errand(), ending, trail()));
  }

  private void fail(Throwable broken) {
    try {
      way.ends(false, means.clock().instant());
    } finally {
      done.tryFail(broken);
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error broken) {
      fail(broken);
    }
  }

  private String provider() {
    return journey.errand().provider().slug();
  }
}
