package io.onebalance.key.event;

import java.time.Duration;
import java.time.Instant;

/// Something happened to a key.
///
/// @param requestId the request that brought it about, empty where it was none
public record KeyEvent(String provider, String keyId, String requestId, Change change) {
  /// What became of the key. A `model` of `*` means the key as a whole; "" means requests that name
  /// none.
  public sealed interface Change {}

  /// Out of use until somebody activates it. `convicted`: it had been set aside before, and was
  /// found to be at fault.
  public record Blocked(String reason, boolean convicted) implements Change {}

  /// An indefinite refusal came: not given out until it is known who was at fault.
  public record SetAside() implements Change {}

  /// It had been set aside, and was not at fault.
  public record Released() implements Change {}

  /// Rests after a limit or too many failures; so do `fellows` others of its account.
  public record Rests(String model, Instant until, Duration length, String reason, int fellows)
      implements Change {}

  /// Works again after such a rest.
  public record Returned(String model, Duration rested) implements Change {}

  /// Somebody put it back into use.
  public record Activated() implements Change {}
}
