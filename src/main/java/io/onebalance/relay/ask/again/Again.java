package io.onebalance.relay.ask.again;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.ask.trail.Ways;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Decides whether somebody is asked again after a refusal. A key's own refusal leads to the next
/// key, as long as keys are to blame; a provider's failure is repeated a few times, within its
/// budget.
///
/// Not thread-safe: it belongs to one event loop.
public final class Again {
  private final Budgets budgets;
  private final InstantSource clock;
  private final RandomGenerator chance;

  public Again(Budgets budgets, InstantSource clock, RandomGenerator chance) {
    this.budgets = budgets;
    this.clock = clock;
    this.chance = chance;
  }

  /// What follows a refusal.
  public sealed interface Next {
    /// Nobody is asked any more.
    record Nobody() implements Next {}

    /// The next key is asked at once.
    record AtOnce() implements Next {}

    /// Somebody is asked when the provider was left alone for so long.
    record After(Duration rest) implements Next {}
  }

  /// What follows this refusal, the last step of the trail, on one of these ways. A repeat that the
  /// provider's budget covers is taken from it.
  public Next after(Attempt.Refused refused, Journey journey, Trail trail, Ways ways) {
    if (!journey.errand().message().isReplayable()
        || trail.attempts() >= journey.patience().attempts()) {
      return new Next.Nobody();
    }
    return switch (refused.verdict()) {
      case Verdict.Dead _, Verdict.NoAccess _, Verdict.Limited _, Verdict.Exhausted _ ->
          new Next.AtOnce();
      case Verdict.Doubted _ -> unless(ways.blameTheRequest());
      case Verdict.Unpermitted _ -> unless(ways.areForbidden());
      case Verdict.Faulted _, Verdict.Overloaded _ -> repeat(refused.trouble(), journey, trail);
      case Verdict.Astray _ -> new Next.Nobody();
      case Verdict.Served _, Verdict.Mistaken _ ->
          throw new IllegalStateException("not a refusal: " + refused.verdict());
    };
  }

  private static Next unless(boolean enough) {
    return enough ? new Next.Nobody() : new Next.AtOnce();
  }

  private Next repeat(Trouble trouble, Journey journey, Trail trail) {
    var most = journey.patience().serverFaults() - 1;
    var repeats = trouble.repeats(journey.errand().traits().repeatable(), most);
    return trail.faults() <= most
            && trail.met(trouble.getClass()) <= repeats
            && budgets.of(journey.errand().provider().slug()).take(clock.instant())
        ? new Next.After(Backoff.before(trail.faults(), journey.left(clock.instant()), chance))
        : new Next.Nobody();
  }
}
