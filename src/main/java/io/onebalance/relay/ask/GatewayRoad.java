package io.onebalance.relay.ask;

import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the road through a gateway is. It rests after the gateway's own limits, longer each time
/// until something passes again; what stops it is told in the log, for a person has to mend it. No
/// key is ever to blame for it. Thread-safe.
public final class GatewayRoad {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayRoad.class);

  /// However often the gateway refused, and whatever it told: it costs one request to see that it
  /// is back.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /// How often the same trouble is told.
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 6;

  private final AtomicReference<State> state =
      new AtomicReference<>(new State(new Way.Direct(), "", Instant.MIN, 0, Instant.MIN));

  /// `strikes` is how often in a row the gateway of this way asked to be left alone.
  private record State(Way way, String why, Instant until, int strikes, Instant told) {
    /// What ends later than any rest may was begun before the clock went back.
    boolean rests(Instant now) {
      return until.isAfter(now) && !until.isAfter(now.plus(LONGEST));
    }
  }

  /// A rest that the road takes, and why.
  record Resting(String why, Duration left) {}

  /// The rest that is left on this way, if any.
  Optional<Resting> resting(Way way, Instant now) {
    var known = state.get();
    return known.rests(now) && known.way().equals(way)
        ? Optional.of(new Resting(known.why(), Duration.between(now, known.until())))
        : Optional.empty();
  }

  /// Something passed.
  void passed(Way way) {
    var known = state.get();
    if (known.strikes() > 0 && known.way().equals(way)) {
      state.compareAndSet(known, new State(way, "", Instant.MIN, 0, known.told()));
    }
  }

  /// The gateway stopped a request. What several requests hear at once counts once.
  void stopped(Way way, Verdict.Astray how, Instant now) {
    var known = state.get();
    var next = after(known.way().equals(way) ? known : fresh(way), how, now);
    if (state.compareAndSet(known, next) && next.told().equals(now)) {
      LOG.error(
          "requests through the gateway are stopped on the road, no key is to blame: {}",
          how.why());
    }
  }

  private static State fresh(Way way) {
    return new State(way, "", Instant.MIN, 0, Instant.MIN);
  }

  private static State after(State known, Verdict.Astray how, Instant now) {
    var silent =
        how.why().equals(known.why())
            && known.told().plus(SILENCE).isAfter(now)
            && !known.told().isAfter(now);
    var told = silent ? known.told() : now;
    if (how.rest().isEmpty() || known.rests(now)) {
      return new State(known.way(), how.why(), known.until(), known.strikes(), told);
    }
    var rest = how.rest().get().multipliedBy(1L << Math.min(known.strikes(), MOST_DOUBLINGS));
    var until = now.plus(rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
    return new State(known.way(), how.why(), until, known.strikes() + 1, told);
  }
}
