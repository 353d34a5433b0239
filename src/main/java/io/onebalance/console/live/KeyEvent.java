package io.onebalance.console.live;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Something that happened to a key. `seq` ascends; `model` is empty where the whole key is meant;
/// `why` holds no key; `until` is when a rest ends.
public record KeyEvent(long seq, Instant at, Place place, What what) {
  /// Whose: a provider's key, and for which model.
  public record Place(String provider, String keyId, String model) {}

  /// What happened.
  public record What(Kind kind, String why, Optional<Instant> until) {}

  /// How the key fared.
  public enum Kind {
    /// Out of use until somebody activates it.
    BLOCKED,
    /// Rests, for a model or as a whole.
    COOLED,
    /// Set aside until it is known who is at fault.
    SET_ASIDE,
    /// In use again: a rest ended, or it was acquitted or unblocked.
    RECOVERED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
