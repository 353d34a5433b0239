package io.onebalance.relay.ask;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Asking;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Asks one key after another until one answers, none is left, time is over or the client leaves.
public final class Failover {
  /// After this many keys answered an indefinite 401 or 403, the request is to blame (F27).
  private static final int DOUBTS = 3;

  private final Pools pools;
  private final Asking asking;
  private final Budgets budgets;
  private final GatewayRoad road;
  private final InLine line;
  private final Wheel wheel;
  private final InstantSource clock;
  private final RandomGenerator chance;

  /// Changed by the event loop alone, read by anybody.
  private final AtomicInteger resting = new AtomicInteger();

  public Failover(
      Pools pools,
      Asking asking,
      Budgets budgets,
      GatewayRoad road,
      InLine line,
      Wheel wheel,
      InstantSource clock,
      RandomGenerator chance) {
    this.pools = pools;
    this.asking = asking;
    this.budgets = budgets;
    this.road = road;
    this.line = line;
    this.wheel = wheel;
    this.clock = clock;
    this.chance = chance;
  }

  /// Runs one errand. Afterwards no key is left set aside by this request.
  public Future<Asked> ask(Journey journey) {
    return start(journey, Set.of()).done();
  }

  /// As [#ask], with none of these keys.
  public Racing start(Journey journey, Set<String> but) {
    var slug = journey.errand().provider().slug();
    var pool = pools.known(slug);
    if (pool.isEmpty()) {
      var none = Refusal.noKeys(slug, "no key of this provider is stored");
      var ending = new Ending.Exhausted(none);
      return new Racing.Over(new Asked(journey.errand(), ending, Trail.NONE));
    }
    budgets.of(slug).requested();
    var run = new Run(journey, pool.get(), but);
    run.next();
    return run;
  }

  /// How many requests wait for a key now, or before they ask again. From any thread.
  public int resting() {
    return resting.get() + line.waiting();
  }

  /// One errand on its way. Each step says what comes next and is over before that begins, also
  /// where it had its answer at once: a pool of any size may be full of dead keys.
  private final class Run implements Racing {
    private final Journey journey;
    private final Pool pool;
    private final Scoped scope;
    private final Ask ask;
    private final Set<String> but;
    private final Promise<Asked> done = Promise.promise();
    private Trail trail = Trail.NONE;
    private String key = "";
    private boolean stepping;
    private boolean mayStep;

    Run(Journey journey, Pool pool, Set<String> but) {
      this.journey = journey;
      this.pool = pool;
      this.but = but;
      this.scope = Scoped.of(journey.errand(), pool);
      this.ask = Wanted.of(journey);
    }

    @Override
    public Future<Asked> done() {
      return done.future();
    }

    @Override
    public int attempts() {
      return trail.attempts() + (key.isEmpty() ? 0 : 1);
    }

    @Override
    public String keyId() {
      return key;
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
      var now = clock.instant();
      if (journey.client().isOver()) {
        end(new Ending.Abandoned());
      } else if (journey.left(now).isPositive()) {
        var resting = journey.gateway().flatMap(way -> road.resting(way, now));
        if (resting.isPresent()) {
          follow(resting.get(), now);
        } else {
          choose(now);
        }
      } else {
        refuse(Refusal.timeout("No key answered in time: " + trail.story()));
      }
    }

    /// While the road rests no key is asked: none is to blame, and none would do better.
    private void follow(GatewayRoad.Resting resting, Instant now) {
      var rest = resting.left();
      if (rest.compareTo(patienceLeft(now)) <= 0) {
        rest(rest, trail.and(new Trail.Step.Rested(rest)));
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
        case Choice.Wait(var rest) when rest.compareTo(patienceLeft(now)) <= 0 ->
            rest(rest, trail.and(new Trail.Step.Rested(rest)));
        case Choice.Wait(var rest) -> refuse(later(rest, now));
        case Choice.None(var why) ->
            trail
                .last()
                .ifPresentOrElse(
                    last -> end(Failure.of(last, trail)),
                    () -> refuse(Refusal.noKeys(provider(), why)));
      }
    }

    /// After a failure that was not the key's own, the same key is asked again if it is still free.
    private void choose(Instant now) {
      var errand = journey.errand();
      if (errand.only().isPresent()) {
        follow(pool.chooseOnly(errand.only().get(), ask, now), now);
      } else if (trail.again().isPresent()
          && pool.chooseOnly(trail.again().get(), ask, now) instanceof Choice.Chosen same) {
        follow(same, now);
      } else {
        var fit = scope.ask(pool, ask.without(finished()));
        if (fit.isPresent()) {
          queue(fit.get(), now);
        } else {
          follow(new Choice.None(scope.missing()), now);
        }
      }
    }

    /// The keys that are not to be asked.
    private Set<String> finished() {
      if (but.isEmpty()) {
        return trail.finished();
      }
      var both = new HashSet<>(but);
      both.addAll(trail.finished());
      return both;
    }

    /// Waits for its turn where no key has room now.
    private void queue(Ask fit, Instant now) {
      var then =
          new InLine.Then(
              choice -> turn(choice, now),
              choice -> {
                var later = clock.instant();
                trail = trail.and(new Trail.Step.Rested(Duration.between(now, later)));
                guarded(() -> turn(choice, later));
              },
              () -> end(new Ending.Abandoned()));
      line.ask(journey, pool, fit, patienceLeft(now), then);
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
      key = slot.key().id();
      asking
          .ask(journey, slot, journey.perAttempt(now), now)
          .onComplete(
              attempt ->
                  guarded(() -> {
                    Noting.note(journey, slot, attempt, now);
                    key = "";
                    decide(attempt);
                  }),
              this::fail);
    }

    private void decide(Attempt attempt) {
      switch (attempt) {
        case Ending ending -> {
          if (hasPassed(ending)) {
            journey.gateway().ifPresent(road::passed);
          }
          end(ending);
        }
        case Attempt.Unheard(var key, var why) -> unheard(new Trail.Step.Unheard(key, why));
        case Attempt.Refused refused -> {
          trail = trail.and(new Trail.Step.Asked(refused));
          refused(refused.verdict() instanceof Verdict.Astray how ? astray(refused, how) : refused);
        }
      }
    }

    /// Whether somebody at the end of the road has answered.
    private static boolean hasPassed(Ending ending) {
      return switch (ending) {
        case Ending.Opened _, Ending.Theirs _, Ending.Failed _ -> true;
        case Ending.Abandoned _, Ending.Exhausted _ -> false;
      };
    }

    /// Tells the road, and says with its own rest how long it is to be left alone: it grows where
    /// it is refused again and again.
    private Attempt.Refused astray(Attempt.Refused refused, Verdict.Astray how) {
      var now = clock.instant();
      journey.gateway().ifPresent(way -> road.stopped(way, how, now));
      var rest =
          how.rest()
              .flatMap(_ -> journey.gateway())
              .flatMap(way -> road.resting(way, now))
              .map(GatewayRoad.Resting::left);
      return rest.isEmpty()
          ? refused
          : new Attempt.Refused(
              refused.key(), new Verdict.Astray(how.why(), rest), refused.trouble());
    }

    private void unheard(Trail.Step.Unheard step) {
      var again = trail.unheard() == 0 && journey.errand().message().isReplayable();
      trail = trail.and(step);
      if (again) {
        next();
      } else {
        refuse(Refusal.failed("The provider did not take the request: " + trail.story()));
      }
    }

    private void refused(Attempt.Refused refused) {
      if (!mayAskAgain(refused)) {
        end(Failure.of(refused, trail));
      } else if (isFault(refused.verdict())) {
        rest(backoff(), trail);
      } else {
        next();
      }
    }

    private Duration backoff() {
      return Backoff.before(trail.faults(), journey.left(clock.instant()), chance);
    }

    private boolean mayAskAgain(Attempt.Refused refused) {
      if (!journey.errand().message().isReplayable()
          || trail.attempts() >= journey.patience().attempts()) {
        return false;
      }
      return switch (refused.verdict()) {
        case Verdict.Dead _, Verdict.NoAccess _, Verdict.Limited _, Verdict.Exhausted _ -> true;
        case Verdict.Doubted _ -> trail.doubted().size() < DOUBTS;
        case Verdict.Faulted _, Verdict.Overloaded _ -> mayRepeat(refused.trouble());
        case Verdict.Astray _ -> false;
        case Verdict.Served _, Verdict.Mistaken _ ->
            throw new IllegalStateException("not a refusal: " + refused.verdict());
      };
    }

    private boolean mayRepeat(Trouble trouble) {
      var most = journey.patience().serverFaults() - 1;
      var repeats = trouble.repeats(journey.errand().traits().repeatable(), most);
      return trail.faults() <= most
          && trail.met(trouble.getClass()) <= repeats
          && budgets.of(provider()).take(clock.instant());
    }

    private static boolean isFault(Verdict verdict) {
      return verdict instanceof Verdict.Faulted || verdict instanceof Verdict.Overloaded;
    }

    /// Rests, unless the client leaves meanwhile, and goes on with this trail.
    private void rest(Duration rest, Trail then) {
      var client = journey.client();
      resting.incrementAndGet();
      var alarm =
          wheel.after(
              rest,
              () -> {
                resting.decrementAndGet();
                client.stopsNothing();
                trail = then;
                next();
              });
      client.stops(() -> {
        alarm.cancel();
        resting.decrementAndGet();
        end(new Ending.Abandoned());
      });
    }

    /// What of the request's waiting time is left, and never more than its whole time.
    private Duration patienceLeft(Instant now) {
      var waiting = journey.patience().waiting().minus(trail.waited());
      var left = journey.left(now);
      return waiting.compareTo(left) < 0 ? waiting : left;
    }

    private void refuse(Refusal refusal) {
      end(new Ending.Exhausted(refusal));
    }

    private void end(Ending ending) {
      settleDoubts(ending instanceof Ending.Opened);
      done.tryComplete(new Asked(journey.errand(), ending, trail));
    }

    private void fail(Throwable broken) {
      settleDoubts(false);
      done.tryFail(broken);
    }

    private void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | Error broken) {
        fail(broken);
      }
    }

    /// Keys that answered an indefinite 401 or 403 are convicted when another key served the same
    /// request, and released otherwise: then the request was to blame.
    private void settleDoubts(boolean guilty) {
      if (trail.doubted().isEmpty()) {
        return;
      }
      var now = clock.instant();
      trail
          .doubted()
          .forEach((key, doubt) -> {
            if (guilty) {
              pool.convict(key.id(), doubt.reason(), journey.draft().id(), now);
            } else {
              pool.acquit(key.id(), journey.draft().id(), now);
            }
          });
    }

    private String provider() {
      return journey.errand().provider().slug();
    }
  }
}
