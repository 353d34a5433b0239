package io.onebalance.key.roster;

import io.onebalance.key.Cooling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How a key stands towards one model, or towards all of them: ready, resting after a limit, due
/// when the rest is over, or on trial. One live request tries a key that is due: if it is served
/// the key is ready again, if it meets another limit the key rests again.
public sealed interface Rest {

  record Ready() implements Rest {
    public static final Ready READY = new Ready();

    @Override
    public Cooling cooling() {
      return NEVER_COOLED;
    }
  }

  /// Not given out before `cooling.until`, but for a probe when nothing better is left.
  record Resting(Cooling cooling, Instant since, Probe probe) implements Rest {
    /// After a trial that taught nothing: a probe may be made again after its gap.
    Rest again(Instant now) {
      if (!cooling.runs(now)) {
        return new Due(this);
      }
      return new Resting(cooling, since, Probe.within(now, probe.gap, cooling.until()));
    }

    /// How long to let pass before the next early probe, when this was the rest on trial.
    Duration nextGap(Instant now) {
      return cooling.runs(now) ? probe.grown() : Probe.FIRST;
    }
  }

  /// The rest is over, and nobody has tried since.
  record Due(Resting last) implements Rest {
    @Override
    public Cooling cooling() {
      return last.cooling;
    }
  }

  /// One live request is out to try; no other follows until it is back. `early`: before the rest
  /// was known to be over.
  record Trial(Resting last, boolean early) implements Rest {
    @Override
    public Cooling cooling() {
      return last.cooling;
    }
  }

  /// When a long rest may be tried early, and how long the gap before was. What a provider tells is
  /// an upper bound: daily quotas are named by mistake, and hours are told that are none.
  record Probe(Instant at, Duration gap) {
    static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);
    static final Duration FIRST = Duration.ofMinutes(15);
    static final Probe NONE = new Probe(NEVER, FIRST);
    private static final int GROWTH = 4;

    static Probe within(Instant now, Duration gap, Instant until) {
      var at = now.plus(gap);
      return new Probe(at.isBefore(until) ? at : NEVER, gap);
    }

    Duration grown() {
      return gap.multipliedBy(GROWTH);
    }
  }

  default boolean isReady() {
    return this instanceof Ready;
  }

  /// Whether there is none, or time has ended it; whether the key serves again is another question.
  default boolean isOver() {
    return switch (this) {
      case Ready _, Due _ -> true;
      case Resting _ -> false;
      case Trial trial -> !trial.early;
    };
  }

  /// Whether the key may be given out.
  default boolean opens() {
    return switch (this) {
      case Ready _, Due _ -> true;
      case Resting _, Trial _ -> false;
    };
  }

  /// The same at a later time: an ended rest makes the key due.
  default Rest at(Instant now) {
    return this instanceof Resting resting && !resting.cooling.runs(now) ? new Due(resting) : this;
  }

  /// A request took the key.
  default Rest taken() {
    return switch (this) {
      case Ready ready -> ready;
      case Due(var last) -> new Trial(last, false);
      case Resting resting -> new Trial(resting, true);
      case Trial trial -> trial;
    };
  }

  /// The trial ended and nothing was learnt: as before, an early probe again after its gap.
  default Rest released(Instant now) {
    return this instanceof Trial(var last, _) ? last.again(now) : this;
  }

  /// The limits in a row that told no time.
  default int strikes() {
    return cooling().strikes();
  }

  /// All rests since the key last served.
  default Duration total() {
    return cooling().total();
  }

  /// Rests until then. A running rest that ends later stays as it is; of one that ends sooner only
  /// the added time counts, so that limits of parallel requests are not counted twice.
  default Rest rests(Cooling told, boolean doubtful, Instant now) {
    var running = cooling().until();
    if (this instanceof Resting && !told.until().isAfter(running)) {
      return this;
    }
    var until = later(told.until(), running);
    var added = Duration.between(later(now, running), until);
    var cooling = new Cooling(until, total().plus(added), told.reason(), told.strikes());
    return new Resting(cooling, now, doubtful ? probe(until, now) : Probe.NONE);
  }

  /// A rest that was stored; never longer from now than any rest may be.
  static Rest restored(Cooling stored, boolean doubtful, Instant now) {
    var latest = now.plus(Cooling.LONGEST);
    var until =
        (stored.until().isAfter(latest) ? latest : stored.until()).truncatedTo(ChronoUnit.MILLIS);
    var cooling = new Cooling(until, stored.total(), stored.reason(), stored.strikes());
    var probe = doubtful ? Probe.within(now, Probe.FIRST, until) : Probe.NONE;
    return new Resting(cooling, now, probe);
  }

  /// As it is known elsewhere, where nothing is said of a rest that was ended.
  default Rest adopted(@Nullable Cooling told, Instant now) {
    if (told == null || !told.runs(now)) {
      return cooling().runs(now) ? Ready.READY : this;
    }
    return told.until().equals(cooling().until()) ? this : restored(told, false, now);
  }

  /// The same after the clock went back: nothing rests longer from now than it was meant to.
  default Rest rewound(Instant now) {
    return switch (this) {
      case Resting(var cooling, var since, var probe) when since.isAfter(now) -> {
        var until = now.plus(Duration.between(since, cooling.until()));
        var same = new Cooling(until, cooling.total(), cooling.reason(), cooling.strikes());
        var never = probe.at().equals(Probe.NEVER);
        yield new Resting(same, now, never ? probe : Probe.within(now, probe.gap(), until));
      }
      case Ready _, Resting _, Due _, Trial _ -> this;
    };
  }

  /// The rest it takes, took last or is on trial for.
  Cooling cooling();

  Cooling NEVER_COOLED = new Cooling(Instant.EPOCH, Duration.ZERO, "", 0);

  private Probe probe(Instant until, Instant now) {
    return Probe.within(
        now, this instanceof Trial(var last, _) ? last.nextGap(now) : Probe.FIRST, until);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
