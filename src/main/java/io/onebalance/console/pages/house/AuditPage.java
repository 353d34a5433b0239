package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import java.util.List;
import java.util.Optional;

/// The audit log, newest first. `verdict` is what checking it came to, where it was checked.
public record AuditPage(
    Shell shell, List<Row> rows, Optional<String> next, Optional<Verdict> verdict) {
  public AuditPage {
    rows = List.copyOf(rows);
  }

  public record Row(
      long seq, String at, String actor, String action, String target, List<Fact> details) {
    public Row {
      details = List.copyOf(details);
    }
  }

  public record Verdict(boolean sound, String text) {}
}
