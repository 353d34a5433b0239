package io.onebalance.relay.ask;

import io.onebalance.provider.Verdict;
import io.onebalance.relay.exchange.Refusal;

/// What the client is told when the last attempt failed too: a provider's own failure in its own
/// words, never a key's.
final class Failure {
  private static final int FIRST_SERVER_ERROR = 500;

  private Failure() {}

  static Ending of(Attempt.Refused last, Trail trail) {
    return switch (last.verdict()) {
      case Verdict.Faulted _, Verdict.Overloaded _ -> ofProvider(last, trail);
      case Verdict.Astray(var why) ->
          refusal(
              Refusal.failed("The request was stopped on the road, not by a key: " + why + "."));
      case Verdict.Doubted _ ->
          refusal(
              Refusal.failed(
                  "Several keys were refused the same request, so the request is to blame: "
                      + trail.story()));
      case Verdict.Served _,
          Verdict.Mistaken _,
          Verdict.Dead _,
          Verdict.NoAccess _,
          Verdict.Limited _,
          Verdict.Exhausted _ ->
          refusal(Refusal.failed("No key could serve the request: " + trail.story()));
    };
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
