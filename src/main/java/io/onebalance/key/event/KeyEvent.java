package io.onebalance.key.event;

import java.time.Duration;
import java.time.Instant;

/// Something happened to a key.
public record KeyEvent(Instant at, String provider, String keyId, Cause cause, Change change) {
  /// What became of the key. A `model` of `*` means the key as a whole; "" means requests that name
  /// none.
  public sealed interface Change {
    /// Whether it is over soon, or a doubt: a busy pool brings such by the dozen.
    default boolean isPassing() {
      return switch (this) {
        case Blocked _, Activated _ -> false;
        case SetAside _, Released _ -> true;
        case Rests rests -> isShort(rests.length);
        case Returned returned -> isShort(returned.rested);
      };
    }
  }

  /// Out of use until somebody activates it. `convicted`: it had been set aside before, and was
  /// found to be at fault.
  public record Blocked(String reason, boolean convicted) implements Change {}

  /// An indefinite refusal came: not given out until it is known who was at fault.
  public record SetAside() implements Change {}

  /// It had been set aside, and was not at fault.
  public record Released() implements Change {}

  /// Rests after a limit or too many failures, and with it those of its account.
  public record Rests(String model, Instant until, Duration length, String reason, Fellows fellows)
      implements Change {}

  /// In use again after such a rest: it is over, or a request that tried the key early was served.
  public record Returned(String model, Duration rested) implements Change {}

  /// Somebody put it back into use.
  public record Activated() implements Change {}

  /// How many other keys share the lot of one, and the account that they have in common.
  public record Fellows(String account, int others) {
    public static final Fellows NONE = new Fellows("", 0);
  }

  private static final Duration LONG = Duration.ofMinutes(10);

  private static boolean isShort(Duration rest) {
    return rest.compareTo(LONG) < 0;
  }

  /// Whether it happened to this key, by itself or as one of its account.
  public boolean concerns(String id, String account) {
    return keyId.equals(id)
        || (change instanceof Rests rests
            && rests.fellows.others > 0
            && rests.fellows.account.equals(account));
  }
}
