package io.onebalance.relay.ask.hedge;

import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.Racing;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel.Alarm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request on one or two ways at a time. The first way whose answer begins wins. Belongs to one
/// event loop.
final class Race {
  private static final Logger LOG = LoggerFactory.getLogger(Race.class);

  private final Failover failover;
  private final Pace pace;
  private final InstantSource clock;
  private final Journey journey;
  private final Instant began;
  private final Promise<Asked> done = Promise.promise();
  private final Way first = new Way();
  private final Way second = new Way();
  private @Nullable Alarm alarm;
  private boolean won;

  /// One of the two. Each has a departure of its own, so that one can be called off.
  private static final class Way {
    private final Departure departure = new Departure();
    private @Nullable Racing racing;
    private @Nullable Asked asked;
    private boolean overtaken;

    /// Whether it has begun and not ended.
    boolean runs() {
      return racing != null && asked == null;
    }

    /// How often somebody was asked on it; of one that ended in an answer, with that.
    int attempts() {
      if (asked != null) {
        return asked.attempts();
      }
      return racing == null ? 0 : racing.attempts();
    }

    void overtake() {
      overtaken = true;
      departure.happened();
    }
  }

  Race(Failover failover, Pace pace, InstantSource clock, Journey journey) {
    this.failover = failover;
    this.pace = pace;
    this.clock = clock;
    this.journey = journey;
    began = clock.instant();
  }

  /// Only to see how long it takes.
  Future<Asked> alone() {
    return failover
        .ask(journey)
        .onSuccess(asked -> {
          if (asked.ending() instanceof Ending.Opened) {
            pace.began(elapsed());
          }
        });
  }

  /// `later` runs a task after the patience with the first way, `mayAsk` is asked then.
  Future<Asked> run(Function<Runnable, Alarm> later, Errand beside, BooleanSupplier mayAsk) {
    journey.client().stops(this::left);
    start(first, failover.start(raced(first, journey)));
    if (first.runs()) {
      alarm =
          later.apply(() -> {
            if (!won && first.runs() && mayAsk.getAsBoolean()) {
              startBeside(beside);
            }
          });
    }
    return done.future();
  }

  /// With another key, at once or not at all.
  private void startBeside(Errand beside) {
    var once =
        new Journey(
            journey.draft(),
            beside,
            journey.client(),
            journey.snapshot().once(),
            journey.deadline());
    var raced = raced(second, once.in(Journey.Turn.AGAIN));
    start(
        second,
        first.racing == null ? failover.start(raced) : failover.startBeside(first.racing, raced));
  }

  private static Journey raced(Way way, Journey on) {
    return on.racing(way.departure, () -> way.overtaken);
  }

  private void start(Way way, Racing racing) {
    way.racing = racing;
    racing
        .done()
        .<Void>map(asked -> {
          ended(way, asked);
          return null;
        })
        .onFailure(this::broke);
  }

  private void ended(Way way, Asked asked) {
    way.asked = asked;
    if (won) {
      discard(asked);
      return;
    }
    switch (asked.ending()) {
      case Ending.Opened _ -> {
        pace.began(elapsed());
        win(way, asked);
      }
      case Ending.Theirs _ when way == first -> win(way, asked);
      case Ending.Theirs _, Ending.Failed _, Ending.Exhausted _, Ending.Abandoned _ -> {
        if (first.asked != null && !second.runs()) {
          complete(first.asked.after(second.attempts()));
        }
      }
    }
  }

  private void win(Way way, Asked asked) {
    var other = way == first ? second : first;
    var attempts = other.attempts();
    won = true;
    other.overtake();
    complete(asked.after(attempts));
  }

  /// Nobody waits for this any more.
  private void discard(Asked asked) {
    if (asked.ending() instanceof Ending.Opened opened) {
      opened.letGo(clock.instant());
    }
  }

  /// What breaks beside an answer that was passed on does it no harm.
  private void broke(Throwable broken) {
    won = true;
    if (done.tryFail(broken)) {
      first.overtake();
      second.overtake();
    } else {
      LOG.error("request {} broke beside its answer", journey.draft().id(), broken);
    }
  }

  private void complete(Asked asked) {
    won = true;
    if (alarm != null) {
      alarm.cancel();
    }
    done.tryComplete(asked);
  }

  /// The client left, perhaps before anybody carries the answer of the way that won.
  private void left() {
    if (alarm != null) {
      alarm.cancel();
    }
    first.departure.happened();
    second.departure.happened();
  }

  private Duration elapsed() {
    return Duration.between(began, clock.instant());
  }
}
