package io.onebalance.console.pages;

import java.util.List;

/// All providers: those that have keys with their counts, then the others.
public record ProvidersPage(Shell shell, List<Row> used, List<Row> unused) {
  public ProvidersPage {
    used = List.copyOf(used);
    unused = List.copyOf(unused);
  }

  /// One provider. The shares are the widths of a bar of 100.
  public record Row(String slug, String href, Tally tally) {}

  /// Keys of a provider by state.
  public record Tally(int active, int cooling, int blocked) {
    public int total() {
      return active + cooling + blocked;
    }

    /// The width of a part in a bar that is 100 wide.
    public int share(int part) {
      return total() == 0 ? 0 : Math.toIntExact(Math.round(100.0 * part / total()));
    }
  }

  public boolean firstRun() {
    return used.isEmpty();
  }
}
