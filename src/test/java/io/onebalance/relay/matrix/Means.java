package io.onebalance.relay.matrix;

/// What an attempt came to, as the one knows who made it so.
enum Means {
  SERVED,
  /// The client's own mistake, or a redirect (F17, F23).
  MISTAKEN,
  DEAD,
  DOUBTED,
  NO_ACCESS,
  LIMITED,
  EXHAUSTED,
  /// The provider said that it failed, or was not reached (F1, F2, F24, F28).
  FAULTED,
  /// Nobody knows whether the question was worked on (F3, F5, F8 to F11).
  UNANSWERED,
  /// The server certainly did not hear the question (F31, F34).
  UNHEARD,
  /// We had no room ourselves (F32).
  CROWDED,
  /// The road was refused.
  ASTRAY;

  /// The first word of what stands above a golden answer.
  static Means of(String word) {
    return switch (word) {
      case "served" -> SERVED;
      case "mistaken" -> MISTAKEN;
      case "dead" -> DEAD;
      case "doubted" -> DOUBTED;
      case "no" -> NO_ACCESS;
      case "limited" -> LIMITED;
      case "exhausted" -> EXHAUSTED;
      case "overloaded", "faulted" -> FAULTED;
      case "astray" -> ASTRAY;
      default -> throw new IllegalArgumentException(word);
    };
  }

  /// Whether no other key, and no second try, may follow within the request.
  boolean isLast() {
    return switch (this) {
      case SERVED, MISTAKEN, CROWDED, ASTRAY -> true;
      case DEAD, DOUBTED, NO_ACCESS, LIMITED, EXHAUSTED, FAULTED, UNANSWERED, UNHEARD -> false;
    };
  }

  /// Whether the request may not come to this key again.
  boolean isFinal() {
    return switch (this) {
      case DEAD, DOUBTED, NO_ACCESS, EXHAUSTED -> true;
      case SERVED, MISTAKEN, LIMITED, FAULTED, UNANSWERED, UNHEARD, CROWDED, ASTRAY -> false;
    };
  }

  /// Whether trying again is a repeat that a provider's budget pays for.
  boolean isFault() {
    return this == FAULTED || this == UNANSWERED;
  }
}
