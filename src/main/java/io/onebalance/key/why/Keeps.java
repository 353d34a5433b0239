package io.onebalance.key.why;

import java.time.Duration;

/// What kept a key that was not chosen, at that moment.
public sealed interface Keeps {
  /// Nothing: its turn comes.
  record Nothing() implements Keeps {
    public static final Nothing NOTHING = new Nothing();
  }

  /// Its quota, for so many milliseconds.
  record Quota(long forMs) implements Keeps {}

  /// A rest, for so many milliseconds.
  record Rest(long forMs) implements Keeps {}

  /// Another request tries it.
  record Trial() implements Keeps {
    public static final Trial TRIAL = new Trial();
  }

  /// It is not known yet whose fault a refusal was.
  record Doubt() implements Keeps {
    public static final Doubt DOUBT = new Doubt();
  }

  /// It is blocked.
  record Block(String reason) implements Keeps {}

  default String words() {
    return switch (this) {
      case Nothing _ -> "is ready, its turn comes";
      case Quota(var left) -> "has no room left for another " + seconds(left);
      case Rest(var left) -> "rests for another " + seconds(left);
      case Trial _ -> "is on trial";
      case Doubt _ -> "is set aside until it is known whose fault a refusal was";
      case Block(var reason) -> "is blocked (" + reason + ")";
    };
  }

  private static String seconds(long millis) {
    return Duration.ofMillis(Math.max(0, millis)).plusMillis(999).toSeconds() + " s";
  }
}
