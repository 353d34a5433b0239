package io.onebalance.key.quota.guess;

/// How often refusals of one model's keys that name no limit turned out to be of none: some
/// providers refuse by chance, whatever a key has used. What such a refusal seems to teach would
/// keep good keys idle.
public final class Whims {
  /// So many refusals that tell nothing at all are not believed at first, and then one in so many,
  /// to see whether the key is refused again.
  private static final int FIRST = 2;

  private static final int EVERY = 16;

  /// So many whims, and twice as many as refusals that held, show a provider that has them.
  private static final int ENOUGH = 4;

  /// Of such a provider a limit is believed when a key is refused so often in a row, each time
  /// after the rest before.
  static final int PROOFS = 3;

  /// What was seen long ago counts less.
  private static final int MEMORY = 64;

  private int whims;
  private int held;
  private int met;

  /// A key was served more than it had been refused at. Tells whether that shows what was not known
  /// before.
  boolean whim() {
    var before = prevail();
    whims++;
    fade();
    return !before && prevail();
  }

  /// A key was refused again.
  void held() {
    held++;
    fade();
  }

  private void fade() {
    if (whims + held > MEMORY) {
      whims /= 2;
      held /= 2;
    }
  }

  /// Whether refusals are mostly whims.
  boolean prevail() {
    return whims >= ENOUGH && whims > 2 * held;
  }

  /// A refusal came that tells nothing: whether it is not believed before another.
  boolean isToBeSeen() {
    met++;
    return prevail() || met <= FIRST || met % EVERY == 0;
  }

  /// After so many refusals in a row, each after the rest before, the next one is believed.
  int proofs() {
    return prevail() ? PROOFS : 1;
  }
}
