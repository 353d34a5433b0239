package io.onebalance.console.pages.keys.view;

import io.onebalance.key.Counts;

/// Keys of a provider by state. Keys set aside rest too: they count as cooling, as in the lists.
public record Tally(int active, int cooling, int blocked) {
  public static Tally of(Counts counts) {
    return new Tally(counts.active(), counts.cooling() + counts.setAside(), counts.blocked());
  }

  public int total() {
    return active + cooling + blocked;
  }

  /// How much of the keys can be asked now, in percent.
  public int ready() {
    return total() == 0 ? 0 : (int) (100L * active / total());
  }

  public Tally plus(Tally other) {
    return new Tally(active + other.active, cooling + other.cooling, blocked + other.blocked);
  }
}
