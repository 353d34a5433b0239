package io.onebalance.console.pages.keys.view;

import io.onebalance.console.pages.Shell;
import java.util.List;

/// What would become of keys that somebody wants to add, before they are. `worth` tells whether
/// there is any to add.
public record AddPage(Shell shell, KeysView view, Outcome outcome, Given given, boolean worth) {
  /// In words: how many are new, how many are here already, and what is wrong with the others.
  public record Outcome(String fresh, String duplicates, List<String> invalid) {
    public Outcome {
      invalid = List.copyOf(invalid);
    }
  }

  /// What was given, to be sent again. It holds keys.
  public record Given(String keys, String remark, String account) {
    @Override
    public String toString() {
      return "Given[hidden]";
    }
  }
}
