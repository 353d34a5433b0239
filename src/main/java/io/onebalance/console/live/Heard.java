package io.onebalance.console.live;

import io.onebalance.key.Cooling;
import io.onebalance.key.event.KeyEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// An event of a key under its number, and how it is told. Numbers ascend.
public record Heard(long number, KeyEvent event) {
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

  public Kind kind() {
    return switch (event.change()) {
      case KeyEvent.Blocked _ -> Kind.BLOCKED;
      case KeyEvent.Rests _ -> Kind.COOLED;
      case KeyEvent.SetAside _ -> Kind.SET_ASIDE;
      case KeyEvent.Released _, KeyEvent.Returned _, KeyEvent.Activated _ -> Kind.RECOVERED;
    };
  }

  /// For which model; empty where the whole key is meant.
  public String model() {
    var model =
        switch (event.change()) {
          case KeyEvent.Rests rests -> rests.model();
          case KeyEvent.Returned returned -> returned.model();
          case KeyEvent.Blocked _, KeyEvent.SetAside _, KeyEvent.Released _, KeyEvent.Activated _ ->
              "";
        };
    return model.equals(Cooling.WHOLE_KEY) ? "" : model;
  }

  /// Why, in words that hold no key; may be empty.
  public String reason() {
    return switch (event.change()) {
      case KeyEvent.Blocked blocked -> blocked.reason();
      case KeyEvent.Rests rests -> rests.reason();
      case KeyEvent.SetAside _, KeyEvent.Released _, KeyEvent.Returned _, KeyEvent.Activated _ ->
          "";
    };
  }

  /// When a rest ends.
  public Optional<Instant> until() {
    return event.change() instanceof KeyEvent.Rests rests
        ? Optional.of(rests.until())
        : Optional.empty();
  }

  /// How many others of its account share its lot.
  public int fellows() {
    return event.change() instanceof KeyEvent.Rests rests ? rests.fellows().others() : 0;
  }
}
