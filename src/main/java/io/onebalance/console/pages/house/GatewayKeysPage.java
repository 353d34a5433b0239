package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.house.GatewayKeyPage.Edit;
import java.util.List;
import java.util.Optional;

/// Gateway keys: those of AUTH_KEY and those that were issued. `fresh` is the text of one that was
/// just made, shown this once; `edit` is what the form for another begins with.
public record GatewayKeysPage(Shell shell, List<Row> rows, Edit edit, Optional<Fresh> fresh) {
  public GatewayKeysPage {
    rows = List.copyOf(rows);
  }

  /// One key. What is issued has an address; what AUTH_KEY defines has none.
  public record Row(Name name, String groups, String limits, Use use, State state) {}

  public record Name(String name, String key, String id, Optional<String> href) {}

  /// In words: what it spent today and this month.
  public record Use(String today, String month) {}

  public record State(String tone, String label, String expires) {}

  public record Fresh(String name, String text) {
    @Override
    public String toString() {
      return "Fresh[" + name + "]";
    }
  }
}
