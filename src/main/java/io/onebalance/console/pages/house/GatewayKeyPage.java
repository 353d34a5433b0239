package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.house.GatewayKeysPage.LimitField;
import io.onebalance.console.pages.house.GatewayKeysPage.Row;
import java.util.List;

/// One issued gateway key, to be changed.
public record GatewayKeyPage(Shell shell, Row row, Edit edit, List<LimitField> limits) {
  public GatewayKeyPage {
    limits = List.copyOf(limits);
  }

  /// What the form begins with; `expires` is as an input of a date and time has it.
  public record Edit(String name, String groups, String expires, boolean enabled) {}
}
