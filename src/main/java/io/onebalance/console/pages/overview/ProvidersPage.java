package io.onebalance.console.pages.overview;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.keys.QuotaWords.Left;
import io.onebalance.console.pages.keys.view.Tally;
import java.util.List;

/// All providers: those that have keys with their counts and their day, then the others.
public record ProvidersPage(Shell shell, List<Row> used, List<Row> unused) {
  public ProvidersPage {
    used = List.copyOf(used);
    unused = List.copyOf(unused);
  }

  /// One provider. `route` and `dialect` are empty where it is no longer in the catalogue.
  public record Row(String slug, String href, Tally tally, Day day, Road road) {}

  /// How its requests go out.
  public record Road(String route, String dialect) {}

  /// What the last day brought, in words, and what is left; `runsOut` is empty where nothing is
  /// foretold.
  public record Day(String requests, String success, String cost, String runsOut, Left left) {}
}
