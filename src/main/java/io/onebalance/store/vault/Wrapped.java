package io.onebalance.store.vault;

import io.onebalance.store.file.CannotOpen;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What the table `vault` holds: the data key, encrypted, or the word that stands in its place
/// while a copy is put into the database.
public sealed interface Wrapped {
  /// The data key as one master key opens it, or as two do while it changes.
  record Sealed(String text) implements Wrapped {}

  /// A copy is being put into the database, or that was broken off: what is there is not whole, so
  /// nobody serves from it, copies it or carries it on.
  record BeingRestored() implements Wrapped {
    /// What stands in the table then.
    public static final String WORD = "being restored";

    public static final String WHY =
        "a copy is being put into this database, or that was broken off";

    public static final String ADVICE =
        "run `one-balance restore` again. What was there before is kept in the data directory of"
            + " who ran it, as one-balance-before-restore-….db";
  }

  static Wrapped of(String stored) {
    return stored.equals(BeingRestored.WORD) ? new BeingRestored() : new Sealed(stored);
  }

  /// Empty where there is no vault yet.
  static Optional<Wrapped> in(Handle handle) {
    return handle
        .createQuery("SELECT wrapped FROM vault")
        .mapTo(String.class)
        .findOne()
        .map(Wrapped::of);
  }

  /// Throws [CannotOpen] where there is no data key, because a copy is being put in.
  default Sealed whole() {
    return switch (this) {
      case Sealed whole -> whole;
      case BeingRestored() -> throw new CannotOpen(BeingRestored.WHY + ": " + BeingRestored.ADVICE);
    };
  }
}
