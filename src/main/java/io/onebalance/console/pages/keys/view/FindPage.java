package io.onebalance.console.pages.keys.view;

import io.onebalance.console.pages.Shell;
import java.util.List;

/// Keys that were found in a text, by the form they have. `asked` tells whether there was a text.
public record FindPage(Shell shell, boolean asked, List<Group> groups) {
  public FindPage {
    groups = List.copyOf(groups);
  }

  /// Keys of one form: whose they may be, how many they are in words, a few of them masked, and all
  /// of them to be sent again.
  public record Group(List<String> providers, String count, List<String> masked, String keys) {
    public Group {
      providers = List.copyOf(providers);
      masked = List.copyOf(masked);
    }

    @Override
    public String toString() {
      return "Group[" + count + "]";
    }
  }
}
