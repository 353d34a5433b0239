package io.onebalance.console.pages.keys.view;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.words.Words;
import java.util.List;
import java.util.Optional;

/// The keys of one provider, as a view shows them. `empty` stands where the list would be;
/// `takesKeys` tells whether the provider may get more.
public record KeysPage(Shell shell, KeysView view, Lists lists, Pager pager, Powers powers) {
  /// The tabs, the choices of the sort box, and the rows of the tab shown.
  public record Lists(List<Tab> tabs, List<Sorting> sortings, List<KeyRow> rows) {
    public Lists {
      tabs = List.copyOf(tabs);
      sortings = List.copyOf(sortings);
      rows = List.copyOf(rows);
    }
  }

  /// One of the lists: its name, how many keys are in it, and whether it is the one shown.
  public record Tab(String label, String href, String count, boolean here) {}

  /// One choice of the sort box.
  public record Sorting(String value, String label, boolean here) {}

  /// Where the list goes on; `first` is there when this is not the first page.
  public record Pager(long total, Optional<String> first, Optional<String> next) {}

  /// What can be done here: whether the provider takes keys, what they look like, whether keys can
  /// be tested, and whether there is any key at all.
  public record Powers(boolean takesKeys, String pattern, boolean tests, boolean anyKeys) {}

  public Words words() {
    return shell.words();
  }

  public List<Tab> tabs() {
    return lists.tabs();
  }

  public List<Sorting> sortings() {
    return lists.sortings();
  }

  public List<KeyRow> rows() {
    return lists.rows();
  }

  public String totalText() {
    return words().count("keys", pager.total());
  }

  /// What to say, and to do, where there is no row.
  public String empty() {
    if (!powers.anyKeys()) {
      return words().of(powers.takesKeys() ? "keys.none.add" : "keys.none");
    }
    return words().of(view.text().isEmpty() ? "keys.none." + view.status() : "keys.none.found");
  }
}
