package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.house.GatewayKeysPage.Row;
import java.util.List;

/// One issued gateway key, to be changed; `enabled` is whether it opens.
public record GatewayKeyPage(Shell shell, Row row, Edit edit, boolean enabled) {
  /// What a form begins with: of a new key nothing, of an issued one what it has, of one that was
  /// refused what was written. `expires` is as an input of a date and time has it.
  public record Edit(String name, String groups, String expires, List<LimitField> limits) {
    public Edit {
      limits = List.copyOf(limits);
    }
  }

  /// A limit that may be set, as a field of a form that shows, while it is empty, the default.
  public record LimitField(String name, String label, String value, String byDefault) {}
}
