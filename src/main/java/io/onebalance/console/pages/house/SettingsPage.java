package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Shell;
import java.util.List;

/// The settings in force: those that somebody set, and those that nobody did.
public record SettingsPage(Shell shell, List<SettingLine> given, List<SettingLine> usual) {
  public SettingsPage {
    given = List.copyOf(given);
    usual = List.copyOf(usual);
  }
}
