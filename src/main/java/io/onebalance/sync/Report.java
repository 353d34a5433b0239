package io.onebalance.sync;

import java.util.Locale;

/// The sums of a round. `flaws` counts what could not be read.
public record Report(int added, int changed, int same, int skipped, int failed, int flaws) {
  static final Report NOTHING = new Report(0, 0, 0, 0, 0, 0);

  Report and(Fate fate) {
    return switch (fate) {
      case Fate.Added() -> new Report(added + 1, changed, same, skipped, failed, flaws);
      case Fate.Changed _ -> new Report(added, changed + 1, same, skipped, failed, flaws);
      case Fate.Same() -> new Report(added, changed, same + 1, skipped, failed, flaws);
      case Fate.Skipped _ -> new Report(added, changed, same, skipped + 1, failed, flaws);
      case Fate.Failed _ -> new Report(added, changed, same, skipped, failed + 1, flaws);
    };
  }

  Report flawed() {
    return new Report(added, changed, same, skipped, failed, flaws + 1);
  }

  /// Whether all that should get there did.
  public boolean isWhole() {
    return failed == 0 && flaws == 0;
  }

  /// Whether anything was done or went wrong.
  public boolean isQuiet() {
    return added == 0 && changed == 0 && isWhole();
  }

  public String told() {
    return String.format(
        Locale.ROOT,
        "%,d added, %,d changed, %,d same, %,d skipped, %,d failed%s",
        added,
        changed,
        same,
        skipped,
        failed,
        flaws == 0 ? "" : String.format(Locale.ROOT, ", %,d unreadable", flaws));
  }
}
