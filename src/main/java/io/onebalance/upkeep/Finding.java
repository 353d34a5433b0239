package io.onebalance.upkeep;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;

/// What a live test showed of a key. Only what is certain changes the key.
public sealed interface Finding {
  /// The provider knows the key and served it.
  record Valid() implements Finding {}

  /// The provider knows the key, which rests now.
  record Limited(String why) implements Finding {}

  /// The key is good, but nobody pays for it at the moment: it rests now.
  record NoBilling(String why) implements Finding {}

  /// The key is certainly unusable: it is blocked now.
  record Invalid(String reason) implements Finding {}

  /// Nothing certain: the key is as it was.
  record Unknown(String why) implements Finding {}

  /// What this verdict says of the key. The catalogue's own call, a `probe`, is well formed: an
  /// answer that blames only the request shows that the key is known.
  static Finding of(Verdict verdict, boolean probe) {
    return switch (verdict) {
      case Verdict.Served() -> new Valid();
      case Verdict.Mistaken(var why) ->
          probe ? new Valid() : new Unknown("the request was refused: " + why);
      case Verdict.Dead(var reason) -> new Invalid(reason);
      case Verdict.Doubted(var reason) -> new Unknown(reason);
      case Verdict.NoAccess(var why, _) -> new Unknown("no access: " + why);
      case Verdict.Unpermitted(var why) -> new Unknown("may not do this: " + why);
      case Verdict.Limited(var window, _, _) -> new Limited(told(window));
      case Verdict.Exhausted(var reason, _) -> new NoBilling(reason);
      case Verdict.Overloaded(var why, _) -> new Unknown("overloaded: " + why);
      case Verdict.Faulted(var why) -> new Unknown("failed: " + why);
      case Verdict.Astray(var why, _) -> new Unknown("stopped on the road: " + why);
    };
  }

  private static String told(Verdict.Window window) {
    return switch (window) {
      case MINUTE -> "for the minute";
      case DAY -> "for the day";
      case MONTH -> "for the month";
      case UNKNOWN -> "for a while";
    };
  }

  /// The same without what echoes the key or its parts.
  default Finding scrubbed(Secret... keys) {
    return switch (this) {
      case Valid valid -> valid;
      case Limited(var why) -> new Limited(Scrub.scrub(why, keys));
      case NoBilling(var why) -> new NoBilling(Scrub.scrub(why, keys));
      case Invalid(var reason) -> new Invalid(Scrub.scrub(reason, keys));
      case Unknown(var why) -> new Unknown(Scrub.scrub(why, keys));
    };
  }

  /// Whether the provider takes the key.
  default boolean passed() {
    return switch (this) {
      case Valid _, Limited _ -> true;
      case NoBilling _, Invalid _, Unknown _ -> false;
    };
  }

  /// The word that programs know it by.
  default String word() {
    return switch (this) {
      case Valid() -> "valid";
      case Limited _ -> "limited";
      case NoBilling _ -> "no_billing";
      case Invalid _ -> "invalid";
      case Unknown _ -> "unknown";
    };
  }

  /// One line for people.
  default String told() {
    return switch (this) {
      case Valid() -> "valid";
      case Limited(var why) -> "valid, limited: " + why;
      case NoBilling(var why) -> "no billing: " + why;
      case Invalid(var reason) -> "invalid: " + reason;
      case Unknown(var why) -> "unknown: " + why;
    };
  }
}
