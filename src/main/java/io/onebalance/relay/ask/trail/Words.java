package io.onebalance.relay.ask.trail;

import io.onebalance.provider.answer.Verdict;
import java.util.Locale;

/// Verdicts in words, for people who ask what happened.
public final class Words {
  private Words() {}

  /// In one word.
  public static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Served _ -> "served";
      case Verdict.Mistaken _ -> "mistaken";
      case Verdict.Dead _ -> "dead";
      case Verdict.Doubted _ -> "doubted";
      case Verdict.NoAccess _ -> "no-access";
      case Verdict.Unpermitted _ -> "unpermitted";
      case Verdict.Limited _ -> "limited";
      case Verdict.Exhausted _ -> "exhausted";
      case Verdict.Overloaded _ -> "overloaded";
      case Verdict.Faulted _ -> "faulted";
      case Verdict.Astray _ -> "astray";
    };
  }

  static String of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Served() -> "served";
      case Verdict.Mistaken(var why) -> "could not: the request is at fault (" + why + ")";
      case Verdict.Dead(var reason) -> "is dead (" + reason + ")";
      case Verdict.Doubted(var reason) -> "is set aside (" + reason + ")";
      case Verdict.NoAccess(var why, _) -> "may not use this model (" + why + ")";
      case Verdict.Unpermitted(var why) -> "may not do this (" + why + ")";
      case Verdict.Limited(var window, var rest, _) ->
          "is limited"
              + rest.map(told -> " for " + told.toSeconds() + " s").orElse("")
              + " (window: "
              + window.name().toLowerCase(Locale.ROOT)
              + ")";
      case Verdict.Exhausted(var reason, _) -> "is out of credit (" + reason + ")";
      case Verdict.Overloaded(var why, _) -> "met an overloaded provider (" + why + ")";
      case Verdict.Faulted(var why) -> "met a failure of the provider (" + why + ")";
      case Verdict.Astray(var why, _) -> "was stopped on the road (" + why + ")";
    };
  }
}
