package io.onebalance.console.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The keys of one provider, as a view shows them. `empty` stands where the list would be;
/// `takesKeys` tells whether the provider may get more.
public record KeysPage(Shell shell, KeysView view, Lists lists, Pager pager, boolean takesKeys) {
  /// The tabs, the choices of the sort box, and the rows of the tab shown.
  public record Lists(List<Tab> tabs, List<Sorting> sortings, List<KeyRow> rows) {
    public Lists {
      tabs = List.copyOf(tabs);
      sortings = List.copyOf(sortings);
      rows = List.copyOf(rows);
    }
  }

  /// One of the lists: its name, how many keys are in it, and whether it is the one shown.
  public record Tab(String label, String href, int count, boolean here) {}

  /// One choice of the sort box.
  public record Sorting(String value, String label, boolean here) {}

  /// Where the list goes on; `first` is there when this is not the first page.
  public record Pager(long total, Optional<String> first, Optional<String> next) {}

  public List<Tab> tabs() {
    return lists.tabs();
  }

  public List<Sorting> sortings() {
    return lists.sortings();
  }

  public List<KeyRow> rows() {
    return lists.rows();
  }

  public boolean noKeysAtAll() {
    return tabs().stream().allMatch(tab -> tab.count() == 0);
  }

  public String totalText() {
    return String.format(Locale.ROOT, pager.total() == 1 ? "%d key" : "%,d keys", pager.total());
  }

  /// What to say, and to do, where there is no row.
  public String empty() {
    if (noKeysAtAll()) {
      return takesKeys ? "No keys found. Add the first one below." : "No keys found.";
    }
    if (!view.text().isEmpty()) {
      return "No keys found for this search.";
    }
    return switch (view.status()) {
      case "cooling" -> "No keys found: none is resting now.";
      case "blocked" -> "No keys found: none is blocked.";
      // The statuses are words of a query; what is left is the usual tab.
      default -> "No keys found: none is free now. They are cooling or blocked.";
    };
  }
}
