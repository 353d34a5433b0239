package io.onebalance.console.pages.keys.view;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.chart.Chart;
import io.onebalance.console.pages.chart.Happening;
import java.util.List;

/// One key: its state, its rests by model, what is left of its limits, how it did, what happened to
/// it, and what may be changed. `revealed` is the key in full, or empty.
public record KeyPage(Shell shell, String provider, KeyRow row, Edit edit, Details details) {
  /// What the form begins with.
  public record Edit(String remark, String account, int weight, String revealed) {
    @Override
    public String toString() {
      return "Edit[" + remark + "]";
    }
  }

  /// A fact by its name.
  public record Fact(String name, String value) {}

  /// A running rest: of a model, how long still, how long in all, and why.
  public record Resting(String model, String left, String total, String why) {}

  /// What the provider last said is left of a limit.
  public record Left(String model, String kind, String remaining, String limit, String reset) {}

  /// A limit as it is known: how much there is in a window, how much is used, how it is known, and
  /// when there is room.
  public record Quota(String model, String limit, String used, String source, String room) {}

  public record Details(
      List<Fact> facts, Limits limits, List<Chart> charts, List<Happening> story) {
    public Details {
      facts = List.copyOf(facts);
      charts = List.copyOf(charts);
      story = List.copyOf(story);
    }
  }

  /// What keeps the key from being used, now or soon.
  public record Limits(List<Resting> coolings, List<Left> left, List<Quota> quotas) {
    public Limits {
      coolings = List.copyOf(coolings);
      left = List.copyOf(left);
      quotas = List.copyOf(quotas);
    }
  }

  public boolean blocked() {
    return row.badge().tone().equals("blocked");
  }

  public String listHref() {
    return KeysView.path(provider);
  }
}
