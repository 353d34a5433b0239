package io.onebalance.relay.ask;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.exchange.Refusal;

/// What the client is told when the last attempt failed too: a provider's own failure in its own
/// words, never a key's.
final class Failure {
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  private Failure() {}

  static Ending of(Attempt.Refused last, Trail trail) {
    return switch (last.verdict()) {
      case Verdict.Overloaded(var why, var rest) when rest.isPresent() && isLimit(last.trouble()) ->
          refusal(Refusal.closed(why, rest.get()));
      case Verdict.Faulted _, Verdict.Overloaded _ -> ofProvider(last, trail);
      case Verdict.Astray astray -> refusal(onTheRoad(astray, last.trouble()));
      case Verdict.Doubted _ ->
          refusal(
              Refusal.failed(
                  "Several keys were refused the same request, so the request is to blame: "
                      + trail.story()));
      case Verdict.Unpermitted _ ->
          refusal(
              Refusal.failed(
                  "The keys that were asked lack a permission for this: " + trail.story()));
      case Verdict.Served _,
          Verdict.Mistaken _,
          Verdict.Dead _,
          Verdict.NoAccess _,
          Verdict.Limited _,
          Verdict.Exhausted _ ->
          refusal(Refusal.failed("No key could serve the request: " + trail.story()));
    };
  }

  /// A limit of the road is told as a limit, everything else as our failure.
  private static Refusal onTheRoad(Verdict.Astray astray, Trouble trouble) {
    return astray.rest().isPresent() && isLimit(trouble)
        ? Refusal.resting(astray.why(), astray.rest().get())
        : Refusal.failed(
            "The request was stopped on the road, not by a key: " + astray.why() + ".");
  }

  private static boolean isLimit(Trouble trouble) {
    return trouble instanceof Trouble.Told(var answer) && answer.status() == TOO_MANY;
  }

  private static Ending ofProvider(Attempt.Refused last, Trail trail) {
    return switch (last.trouble()) {
      case Trouble.Told(var answer) when answer.status() >= FIRST_SERVER_ERROR ->
          new Ending.Failed(answer);
      case Trouble.Unanswered(var slow) when slow ->
          refusal(Refusal.timeout("The provider did not answer in time: " + trail.story()));
      case Trouble.Told _, Trouble.Unanswered _, Trouble.Unreached _, Trouble.Misspoken _ ->
          refusal(Refusal.failed("The provider failed: " + trail.story()));
    };
  }

  private static Ending refusal(Refusal refusal) {
    return new Ending.Exhausted(refusal);
  }
}
