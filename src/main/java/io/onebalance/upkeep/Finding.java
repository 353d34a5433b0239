package io.onebalance.upkeep;

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

  /// Whether the provider takes the key.
  default boolean passed() {
    return switch (this) {
      case Valid _, Limited _ -> true;
      case NoBilling _, Invalid _, Unknown _ -> false;
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
