package io.onebalance.relay;

import static io.vertx.core.Future.succeededFuture;

import io.onebalance.key.Choice;
import io.onebalance.key.Pool;
import io.onebalance.key.Pools;
import io.onebalance.key.Slot;
import io.onebalance.provider.Verdict;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Asks one key after another until one answers, none is left, time is over or the client leaves.
final class Failover {
  /// After this many keys answered an indefinite 401 or 403, the request is to blame (F27).
  private static final int DOUBTS = 3;

  private final Pools pools;
  private final Asking asking;
  private final Budgets budgets;
  private final Wheel wheel;
  private final InstantSource clock;
  private final RandomGenerator chance;

  Failover(
      Pools pools,
      Asking asking,
      Budgets budgets,
      Wheel wheel,
      InstantSource clock,
      RandomGenerator chance) {
    this.pools = pools;
    this.asking = asking;
    this.budgets = budgets;
    this.wheel = wheel;
    this.clock = clock;
    this.chance = chance;
  }

  /// Runs one errand. Afterwards no key is left set aside by this request.
  Future<Asked> ask(Journey journey) {
    budgets.of(provider(journey)).requested();
    return next(journey, Trail.NONE).onSuccess(asked -> settleDoubts(journey, asked));
  }

  private Future<Asked> next(Journey journey, Trail trail) {
    var now = clock.instant();
    if (!journey.left(now).isPositive()) {
      return exhausted(
          journey, Refusal.timeout("No key answered in time: " + trail.story()), trail);
    }
    return switch (choose(journey, trail, now)) {
      case Choice.Chosen(var slot) -> attempt(journey, slot, trail, now);
      case Choice.Wait(var rest) when rest.compareTo(patienceLeft(journey, trail, now)) <= 0 ->
          rest(rest, journey.client())
              .compose(stays ->
                  stays
                      ? next(journey, trail.and(new Trail.Step.Rested(rest)))
                      : ended(journey, new Ending.Abandoned(), trail));
      case Choice.Wait(var rest) ->
          exhausted(journey, Refusal.cooling(provider(journey), rest), trail);
      case Choice.None(var why) -> noneLeft(journey, trail, why);
    };
  }

  /// After a failure that was not the key's own, the same key is asked again if it is still free.
  private Choice choose(Journey journey, Trail trail, Instant now) {
    var pool = pool(journey);
    var errand = journey.errand();
    if (errand.only().isPresent()) {
      return pool.chooseOnly(errand.only().get(), errand.model(), now);
    }
    if (trail.again().isPresent()
        && pool.chooseOnly(trail.again().get(), errand.model(), now)
            instanceof Choice.Chosen same) {
      return same;
    }
    return pool.choose(errand.model(), trail.finished(), now);
  }

  private Future<Asked> attempt(Journey journey, Slot slot, Trail trail, Instant now) {
    return asking
        .ask(journey, slot, journey.perAttempt(now))
        .compose(attempt ->
            switch (attempt) {
              case Ending ending -> ended(journey, ending, trail);
              case Attempt.Unheard unheard -> unheard(journey, unheard, trail);
              case Attempt.Refused refused ->
                  refused(journey, refused, trail.and(new Trail.Step.Asked(refused)));
            });
  }

  private Future<Asked> unheard(Journey journey, Attempt.Unheard unheard, Trail trail) {
    var longer = trail.and(new Trail.Step.Unheard(unheard.key(), unheard.why()));
    return trail.unheard() > 0 || !journey.errand().message().isReplayable()
        ? exhausted(
            journey,
            Refusal.failed("The provider did not take the request: " + longer.story()),
            longer)
        : next(journey, longer);
  }

  private Future<Asked> refused(Journey journey, Attempt.Refused refused, Trail trail) {
    if (!journey.errand().message().isReplayable()
        || trail.attempts() >= journey.patience().attempts()) {
      return failed(journey, refused, trail);
    }
    return switch (refused.verdict()) {
      case Verdict.Dead _, Verdict.NoAccess _, Verdict.Limited _, Verdict.Exhausted _ ->
          next(journey, trail);
      case Verdict.Doubted _ ->
          trail.doubted().size() < DOUBTS ? next(journey, trail) : failed(journey, refused, trail);
      case Verdict.Faulted _, Verdict.Overloaded _ -> faulted(journey, refused, trail);
      case Verdict.Astray _ -> failed(journey, refused, trail);
      case Verdict.Served _, Verdict.Mistaken _ ->
          throw new IllegalStateException("not a refusal: " + refused.verdict());
    };
  }

  private Future<Asked> faulted(Journey journey, Attempt.Refused refused, Trail trail) {
    var most = journey.patience().serverFaults() - 1;
    var kind = refused.trouble();
    var repeats = kind.repeats(journey.errand().traits().repeatable(), most);
    var mayRepeat = trail.faults() <= most && trail.met(kind.getClass()) <= repeats;
    if (!mayRepeat || !budgets.of(provider(journey)).take(clock.instant())) {
      return failed(journey, refused, trail);
    }
    return rest(Backoff.before(trail.faults(), chance), journey.client())
        .compose(
            stays -> stays ? next(journey, trail) : ended(journey, new Ending.Abandoned(), trail));
  }

  private Future<Asked> noneLeft(Journey journey, Trail trail, String why) {
    return trail
        .last()
        .map(last -> failed(journey, last, trail))
        .orElseGet(() -> exhausted(journey, Refusal.noKeys(provider(journey), why), trail));
  }

  private static Future<Asked> failed(Journey journey, Attempt.Refused last, Trail trail) {
    return ended(journey, Failure.of(last, trail), trail);
  }

  private static Future<Asked> exhausted(Journey journey, Refusal refusal, Trail trail) {
    return ended(journey, new Ending.Exhausted(refusal), trail);
  }

  private static Future<Asked> ended(Journey journey, Ending ending, Trail trail) {
    return succeededFuture(new Asked(journey.errand(), ending, trail));
  }

  /// Keys that answered an indefinite 401 or 403 are convicted when another key served the same
  /// request, and released otherwise: then the request was to blame.
  private void settleDoubts(Journey journey, Asked asked) {
    var pool = pool(journey);
    var now = clock.instant();
    var guilty = asked.ending() instanceof Ending.Opened;
    asked
        .trail()
        .doubted()
        .forEach((key, doubt) -> {
          if (guilty) {
            pool.convict(key.id(), doubt.reason(), now);
          } else {
            pool.acquit(key.id(), now);
          }
        });
  }

  /// What of the request's waiting time is left, and never more than its whole time.
  private static Duration patienceLeft(Journey journey, Trail trail, Instant now) {
    var waiting = journey.patience().waiting().minus(trail.waited());
    var left = journey.left(now);
    return waiting.compareTo(left) < 0 ? waiting : left;
  }

  /// Rests, and tells whether the client is still there.
  private Future<Boolean> rest(Duration rest, Departure client) {
    var stays = Promise.<Boolean>promise();
    var alarm = wheel.after(rest, () -> stays.tryComplete(true));
    client.stops(() -> stays.tryComplete(false));
    return stays
        .future()
        .onSuccess(_ -> {
          alarm.cancel();
          client.stopsNothing();
        });
  }

  private Pool pool(Journey journey) {
    return pools.of(provider(journey));
  }

  private static String provider(Journey journey) {
    return journey.errand().provider().slug();
  }
}
