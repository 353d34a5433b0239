package io.onebalance.key;

/// How many keys of a pool are in which state; each key counts once. A key that rests for some
/// model, or as a whole, counts as cooling.
public record Counts(int active, int cooling, int setAside, int blocked) {
  public static final Counts NONE = new Counts(0, 0, 0, 0);

  /// Whether a request could be answered, now or after a rest.
  public boolean usable() {
    return active + cooling > 0;
  }

  public int total() {
    return active + cooling + setAside + blocked;
  }
}
