package io.onebalance.relay.ask;

import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.plan.errand.Errand;

/// How the asking for a request ended, and the way there.
///
/// @param earlier how often somebody was asked for the same request before
public record Asked(Errand errand, Ending ending, Trail trail, int earlier) {
  Asked(Errand errand, Ending ending, Trail trail) {
    this(errand, ending, trail, 0);
  }

  /// The same after so many attempts more: for other parts of the request, by an earlier leg, or on
  /// the other of two ways.
  public Asked after(int attempts) {
    return new Asked(errand, ending, trail, earlier + attempts);
  }

  /// How often somebody was asked for the request, all in all.
  public int attempts() {
    return earlier
        + trail.attempts()
        + switch (ending) {
          case Ending.Opened _, Ending.Theirs _ -> 1;
          case Ending.Failed _, Ending.Exhausted _, Ending.Abandoned _ -> 0;
        };
  }
}
