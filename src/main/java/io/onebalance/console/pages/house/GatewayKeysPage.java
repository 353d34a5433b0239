package io.onebalance.console.pages.house;

import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.pages.Shell;
import java.util.List;
import java.util.Optional;

/// Gateway keys: those of AUTH_KEY and those that were issued. `fresh` is the text of one that was
/// just made, shown this once.
public record GatewayKeysPage(
    Shell shell, List<Row> rows, List<LimitField> limits, Optional<Fresh> fresh) {
  public GatewayKeysPage {
    rows = List.copyOf(rows);
    limits = List.copyOf(limits);
  }

  /// One key. What is issued has an address; what AUTH_KEY defines has none.
  public record Row(Name name, String groups, String limits, Use use, State state) {}

  public record Name(String name, String key, String id, Optional<String> href) {}

  /// In words: what it spent today and this month.
  public record Use(String today, String month) {}

  public record State(String tone, String label, String expires) {}

  /// A limit that may be set, as a field of a form.
  public record LimitField(Limit limit, String label, String value) {}

  public record Fresh(String name, String text) {
    @Override
    public String toString() {
      return "Fresh[" + name + "]";
    }
  }
}
